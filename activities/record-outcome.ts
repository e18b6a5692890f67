import { type AttemptEnd, type MessageStore } from '../src/database/message-store';
import { type Outcome } from '../src/domain/outcome';
import { type DeliverMessageInput } from '../workflows/contract';
import { toNewMessage } from './to-new-message';

export interface RecordOutcomeInput {
  readonly message: DeliverMessageInput;
  readonly outcome: Outcome;
  readonly attemptEnd?: AttemptEnd;
  readonly heardEventIds: readonly string[];
}

/** Writes the one outcome of a message. Repeating it changes nothing. */
export function createRecordOutcome(deps: { messages: Pick<MessageStore, 'recordOutcome'> }) {
  return async function recordOutcome(input: RecordOutcomeInput): Promise<void> {
    const { message, ...end } = input;
    await deps.messages.recordOutcome({ ...end, messageId: message.messageId, message: toNewMessage(message) });
  };
}
