import { MockActivityEnvironment } from '@temporalio/testing';
import { createStartUnstarted } from '../../activities/start-unstarted';
import { type TakenReply } from '../../src/database/task-store';
import { newMessage, omit } from '../support/database-fixtures';

it('starts each message and callback, settles each reply, and goes on when Temporal refuses one', async () => {
  const messages = [newMessage(), newMessage(), newMessage()].map((message) => omit(message, 'workflowId'));
  const started: string[] = [];
  const checked: string[] = [];
  const callbacksChecked: string[] = [];
  const settled: TakenReply[] = [];
  const reply: TakenReply = {
    ...{ messageId: 'msg_1', step: 1, tenant: 'acme', queue: 'desk', openedAt: '2026-01-01T00:00:00.000Z' },
    ...{ from: '+12025550109', by: 'on-call', told: { sender: '+12025550100', channel: 'sms' } },
  };
  const startUnstarted = createStartUnstarted({
    callbacks: {
      untold: ({ limit, pauseMs }) =>
        Promise.resolve(
          limit === 9 && pauseMs === 10_000
            ? ['evt_1', 'evt_2', 'evt_3'].map((callbackId) => ({ callbackId, tenant: 'acme', messageId: 'msg_1' }))
            : [],
        ),
      recordChecked: (callbackIds) => {
        callbacksChecked.push(...callbackIds);
        return Promise.resolve();
      },
    },
    tasks: {
      unsettledReplies: ({ limit, pauseMs }) =>
        Promise.resolve(limit === 9 && pauseMs === 10_000 ? [reply, { ...reply, step: 2 }] : []),
    },
    settleReply: (taken) => {
      settled.push(taken);
      return taken === reply ? Promise.reject(new Error('refused')) : Promise.resolve();
    },
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
      startCallback: ({ callbackId }) =>
        callbackId === 'evt_1' ? Promise.reject(new Error('refused')) : Promise.resolve(),
    },
  });
  const ids = messages.map(({ messageId }) => messageId);
  await expect(new MockActivityEnvironment().run(startUnstarted, { limit: 9 })).resolves.toEqual({
    checked: 2,
    refused: 1,
    callbacks: 2,
  });
  expect(started).toEqual(ids);
  expect(checked).toEqual(ids);
  expect(callbacksChecked).toEqual(['evt_1', 'evt_2', 'evt_3']);
  expect(settled).toEqual([reply, { ...reply, step: 2 }]);
});
