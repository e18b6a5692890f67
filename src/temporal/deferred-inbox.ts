import { type Client, WorkflowExecutionAlreadyStartedError, type WorkflowStartOptions } from '@temporalio/client';
import { type storeDeliveryEvent, type storeInboundWord } from '../../workflows';
import { DEFAULT_TASK_QUEUE, type DeferredReceipt, type DeferredWord } from '../../workflows/contract';
import { deliveryEventId } from '../database/delivery-event-id';
import { toTemporalError } from './to-temporal-error';

/**
 * How long Temporal may take to keep something, in milliseconds: Twilio gives a webhook five seconds in all,
 * and waiting for a connection to Postgres may have taken three of them.
 */
const CALL_TIMEOUT_MS = 1_500;

/**
 * Where webhooks go while Postgres is away: each becomes a small workflow that stores it when Postgres is back.
 * The same thing told twice is one workflow. Throws `TemporalUnavailableError`.
 */
export interface DeferredInbox {
  keepReceipt(receipt: DeferredReceipt): Promise<void>;
  keepWord(word: DeferredWord): Promise<void>;
}

export function createDeferredInbox(client: Client, taskQueue: string = DEFAULT_TASK_QUEUE): DeferredInbox {
  const start = async <Deferred extends typeof storeDeliveryEvent | typeof storeInboundWord>(
    workflowType: string,
    options: Pick<WorkflowStartOptions<Deferred>, 'workflowId' | 'args'>,
  ): Promise<void> => {
    try {
      await client.withDeadline(Date.now() + CALL_TIMEOUT_MS, () =>
        client.workflow.start<Deferred>(workflowType, {
          ...options,
          taskQueue,
          // One that gave up on Postgres after its time may be tried again; one that is under way or done is enough.
          workflowIdReusePolicy: 'ALLOW_DUPLICATE_FAILED_ONLY',
        } as WorkflowStartOptions<Deferred>),
      );
    } catch (error) {
      if (!(error instanceof WorkflowExecutionAlreadyStartedError)) {
        throw toTemporalError(error);
      }
    }
  };
  return {
    keepReceipt: (receipt) =>
      start<typeof storeDeliveryEvent>('storeDeliveryEvent', {
        workflowId: `store-receipt-${deliveryEventId(receipt)}`,
        args: [receipt],
      }),
    keepWord: (word) =>
      start<typeof storeInboundWord>('storeInboundWord', {
        workflowId: `store-word-${word.word}-${word.evidence}`,
        args: [word],
      }),
  };
}
