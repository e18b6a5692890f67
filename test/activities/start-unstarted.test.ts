import { MockActivityEnvironment } from '@temporalio/testing';
import { createStartUnstarted } from '../../activities/start-unstarted';
import { newMessage, omit } from '../support/database-fixtures';

it('starts each message, and goes on when Temporal refuses one', async () => {
  const messages = [newMessage(), newMessage(), newMessage()].map((message) => omit(message, 'workflowId'));
  const started: string[] = [];
  const checked: string[] = [];
  const startUnstarted = createStartUnstarted({
    sweep: {
      unstartedMessages: ({ limit, pauseMs }) => Promise.resolve(limit === 9 && pauseMs === 10_000 ? messages : []),
      recordStartChecked: (messageIds) => {
        checked.push(...messageIds);
        return Promise.resolve();
      },
    },
    client: {
      start: ({ messageId }) => {
        started.push(messageId);
        return messageId === messages[1]?.messageId ? Promise.reject(new Error('refused')) : Promise.resolve();
      },
    },
  });
  const ids = messages.map(({ messageId }) => messageId);
  await expect(new MockActivityEnvironment().run(startUnstarted, { limit: 9 })).resolves.toEqual({
    checked: 2,
    refused: 1,
  });
  expect(started).toEqual(ids);
  expect(checked).toEqual(ids);
});
