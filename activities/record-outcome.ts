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
}

/**
 * Writes the one outcome of a message. Repeating it changes nothing. A worker that died after the write and before Temporal knew of it
 * leaves a repetition that may know more: the first outcome stays on record, and is corrected by what has been heard since.
 */
export function createRecordOutcome(deps: {
  messages: Pick<MessageStore, 'recordOutcome'>;
  correctOutcome: OutcomeCorrector;
}) {
  return async function recordOutcome(input: RecordOutcomeInput): Promise<void> {
    const { message, ...end } = input;
    const { messageId } = message;
    const isRecorded = await deps.messages.recordOutcome({ ...end, messageId, message: toNewMessage(message) });
    if (!isRecorded) {
      await deps.correctOutcome(messageId);
    }
  };
}
