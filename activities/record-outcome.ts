import { type AttemptEnd, type MessageStore } from '../src/database/message-store';
import { type OutcomeCorrector } from '../src/database/outcome-corrector';
import { type Outcome } from '../src/domain/outcome';
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
 * What a child came to corrects the outcome of its parent, should that have ended already.
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
    if (!isRecorded) {
      await deps.correctOutcome(messageId);
    }
    if (message.childOf !== undefined) {
      await deps.correctOutcome(message.childOf.parentId);
    }
  };
}
