import { createOpenTask } from '../../activities/open-task';
import { createMessageStore } from '../../src/database/message-store';
import { createTaskStore } from '../../src/database/task-store';
import { MESSAGE_CLOSED } from '../../workflows/contract';
import { createTestDatabase, type TestDatabase } from '../support/database';
import { newAttempt, newMessage, newOutcome } from '../support/database-fixtures';

let clone: TestDatabase;
beforeAll(async () => {
  clone = await createTestDatabase();
});
afterAll(() => clone.drop());

test('nobody is asked about a message that has ended, and nobody on call is told', async () => {
  const messages = createMessageStore(clone.database);
  const started: unknown[] = [];
  const openTask = createOpenTask({
    messages,
    tasks: createTaskStore(clone.database),
    client: { start: (input) => Promise.resolve(void started.push(input)) },
    optOutCodes: [],
  });
  const message = newMessage();
  const { messageId, tenant } = message;
  await messages.beginAttempt(message, newAttempt());
  await messages.recordOutcome({ messageId, message, heardEventIds: [], outcome: newOutcome() });
  const asked = openTask({
    ...{ messageId, tenant, step: 1, queue: 'front-desk', reason: 'nobody answered', acknowledgeTimeout: '1h' },
    openedAt: new Date().toISOString(),
    onCall: { channel: 'sms', to: '+12025550142' },
  });
  await expect(asked).rejects.toMatchObject({ type: MESSAGE_CLOSED, nonRetryable: true });
  expect(started).toEqual([]);
  expect(await clone.database('tasks').where({ message_id: messageId })).toEqual([]);
});
