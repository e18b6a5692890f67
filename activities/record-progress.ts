import { type MessageStore, type Progress } from '../src/database/message-store';

/** Writes a step forward of the story. Repeating it changes nothing. */
export function createRecordProgress(deps: { messages: Pick<MessageStore, 'recordProgress'> }) {
  return async function recordProgress(progress: Progress): Promise<void> {
    await deps.messages.recordProgress(progress);
  };
}
