import { type MessageStore } from '../src/database/message-store';
import { type DeliverMessageInput } from '../workflows/contract';
import { toNewMessage } from './to-new-message';

export interface RecordHoldInput {
  readonly message: DeliverMessageInput;
  /** ISO 8601. */
  readonly until: string;
  /** In words, without an address. */
  readonly because: string;
}

/** Writes down that quiet hours hold a message. Repeating it changes nothing. */
export function createRecordHold(deps: { messages: Pick<MessageStore, 'recordHold'> }) {
  return async function recordHold({ message, ...hold }: RecordHoldInput): Promise<void> {
    await deps.messages.recordHold(toNewMessage(message), hold);
  };
}
