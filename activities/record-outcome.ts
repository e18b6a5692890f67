import { type AttemptEnd, type MessageStore } from '../src/database/message-store';
import { type OutcomeCorrector } from '../src/database/outcome-corrector';
import { CALL_CHANNEL } from '../src/domain/channel';
import { type Outcome } from '../src/domain/outcome';
import { type SendRequest } from '../src/domain/send-request';
import { type DeliverMessageInput } from '../workflows/contract';
import { toNewMessage } from './to-new-message';

export interface RecordOutcomeInput {
  readonly message: DeliverMessageInput;
  readonly outcome: Outcome;
  readonly attemptEnd?: AttemptEnd;
  readonly heardEventIds: readonly string[];
  /** When the workflow began, ISO 8601: for what is measured. */
  readonly startedAt: string;
}

/**
 * Writes the one outcome of a message. Repeating it changes nothing. A worker that died after the write and before Temporal knew of it
 * leaves a repetition that may know more: the first outcome stays on record, and is corrected by what has been heard since.
 * So it is by what was told of a call at the last moment, too late for the workflow to weigh it.
 * What a child came to corrects the outcome of its parent, should that have ended already; what a child was corrected to before its
 * parent ended does so now.
 */
export function createRecordOutcome(deps: {
  messages: Pick<MessageStore, 'recordOutcome'>;
  correctOutcome: OutcomeCorrector;
}) {
  return async function recordOutcome(input: RecordOutcomeInput): Promise<void> {
    const { attemptEnd, heardEventIds, message, outcome } = input;
    const { messageId } = message;
    const end = { outcome, heardEventIds, ...(attemptEnd !== undefined && { attemptEnd }) };
    const isRecorded = await deps.messages.recordOutcome({ ...end, messageId, message: toNewMessage(message) });
    if (!isRecorded || isOvertakable(message.request, outcome)) {
      await deps.correctOutcome(messageId);
    }
    if (message.childOf !== undefined) {
      await deps.correctOutcome(message.childOf.parentId);
    }
  };
}

/** Whether something may have come of it that the workflow is not told of: of its calls, or of its children. */
function isOvertakable({ policy }: SendRequest, { unreached = [] }: Outcome): boolean {
  return unreached.length > 0 || policy.escalation.some(({ channel }) => channel === CALL_CHANNEL);
}
