import {
  log,
  ParentClosePolicy,
  startChild as start,
  ChildWorkflowCancellationType,
  CancellationScope,
} from '@temporalio/workflow';
import { type Outcome } from '../src/domain/outcome';
import { workflowIdFor } from '../src/domain/workflow-id';
import { type DeliverMessageInput } from './contract';
import { type deliverMessage } from './deliver-message';
import { type Child } from './followed-participants';
import { CHANNEL, STATUS, TENANT } from './search-attributes';

/** Starts the message to one participant. It is a message like any other: it ends with an outcome of its own, also when it is called off. */
export function startChild(input: DeliverMessageInput): Child {
  const scope = new CancellationScope();
  const child: Child = {
    messageId: input.messageId,
    isCalledOff: false,
    isClosed: false,
    callOff: () => {
      child.isCalledOff = true;
      scope.cancel();
    },
  };
  const close = (outcome?: Outcome): void => {
    child.isClosed = true;
    if (outcome !== undefined) {
      child.outcome = outcome;
    }
  };
  scope
    .run(() => run(input))
    .then(close, (error: unknown) => {
      // Its row says what became of it, and corrects the parent's outcome should that have ended by then.
      log.warn('what became of a child is not known here', { childId: input.messageId, error });
      close();
    });
  return child;
}

async function run(input: DeliverMessageInput): Promise<Outcome> {
  const { messageId, request, requestHash, tenant } = input;
  const handle = await start<typeof deliverMessage>('deliverMessage', {
    workflowId: workflowIdFor(messageId),
    args: [input],
    workflowIdReusePolicy: 'REJECT_DUPLICATE',
    cancellationType: ChildWorkflowCancellationType.WAIT_CANCELLATION_COMPLETED,
    parentClosePolicy: ParentClosePolicy.ABANDON,
    memo: { requestHash },
    typedSearchAttributes: [
      { key: TENANT, value: tenant },
      { key: CHANNEL, value: request.channel },
      { key: STATUS, value: 'in_flight' },
    ],
    staticSummary: `${request.category} for one participant of a conversation, for ${tenant}`,
  });
  return await handle.result();
}
