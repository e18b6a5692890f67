import { type MatchedAttempt } from '../../src/database/inbox-store';
import { type MessageStore } from '../../src/database/message-store';
import { newAttempt, newCreated, newMessage, newOutcome, newReceipt } from '../support/database-fixtures';
import { startTestApi, type TestApi } from './support/test-api';

let api: TestApi;
let messages: MessageStore;
beforeAll(async () => {
  api = await startTestApi();
  ({ messages } = api.stores);
});
afterAll(() => api.stop());

const show = async (messageId: string) =>
  (await api.call('GET', `/v1/messages/${messageId}`)).json as Record<string, unknown>;

test('a message that was only accepted has no attempt and no outcome', async () => {
  const message = newMessage();
  await messages.accept(message);
  const { messageId, workflowId } = message;
  expect(await show(messageId)).toEqual({
    id: messageId,
    held: null,
    ignoreQuietHours: null,
    timeZone: null,
    expiresAt: null,
    sendAt: null,
    redrives: [],
    dead: null,
    children: [],
    parent: null,
    conversationSid: null,
    workflowId,
    status: 'sending',
    outcome: null,
    to: '+12025550101',
    channel: 'sms',
    category: 'notification',
    metadata: { order: '4711' },
    createdAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/) as string,
    links: expect.objectContaining({ self: `/v1/messages/${messageId}` }) as object,
    attempts: [],
    corrections: [],
    timeline: [{ at: expect.any(String) as string, kind: 'accepted' }],
  });
});

test('a delivered message shows every SID, every receipt and its outcome', async () => {
  const message = newMessage();
  const created = newCreated();
  await messages.beginAttempt(message, newAttempt(), { opened: created });
  await messages.recordCreated(message.messageId, 1, created);
  const times = ['2026-01-02T03:04:05.000Z', '2026-01-02T03:04:06.000Z'] as const;
  await api.inbox.store(newReceipt(created, { status: 'delivered', at: times[1] }));
  await api.inbox.store(newReceipt(created, { status: 'sent', at: times[0] }));
  await messages.recordOutcome({
    messageId: message.messageId,
    message,
    heardEventIds: [],
    attemptEnd: { number: 1, result: { kind: 'delivered', status: 'delivered' } },
    outcome: newOutcome(),
  });

  const shown = await show(message.messageId);
  expect(shown).toMatchObject({ status: 'closed', outcome: { ...newOutcome(), errorCode: null, errorClass: null } });
  expect(shown['attempts']).toEqual([
    {
      number: 1,
      channel: 'sms',
      ...created,
      callSid: null,
      status: 'delivered',
      errorCode: null,
      errorClass: null,
      reason: 'it reached the handset of the recipient',
      sentAt: expect.any(String) as string,
      statusAt: times[1],
      receipts: [
        { participantSid: created.participantSid, status: 'sent', errorCode: null, at: times[0] },
        { participantSid: created.participantSid, status: 'delivered', errorCode: null, at: times[1] },
      ],
    },
  ]);
  const kinds = (shown['timeline'] as { kind: string; at: string }[]).map(({ kind }) => kind);
  expect(kinds).toEqual(
    expect.arrayContaining(['accepted', 'attempt_started', 'handed_to_twilio', 'receipt', 'closed']),
  );
});

test('an attempt that failed shows code, class and reason, from its receipt as soon as that is there', async () => {
  const message = newMessage();
  const created = newCreated();
  await messages.beginAttempt(message, newAttempt(), { opened: created });
  await messages.recordCreated(message.messageId, 1, created);
  await api.inbox.store(newReceipt(created, { status: 'undelivered', errorCode: 30007 }));
  const { attempts } = (await show(message.messageId)) as { attempts: object[] };
  expect(attempts).toMatchObject([
    {
      status: 'undelivered',
      errorCode: 30007,
      errorClass: 'message',
      reason: expect.stringContaining('error 30007: ') as string,
    },
  ]);
});

test('late truth is shown: a receipt after the end changes the attempt, and the outcome with what it was', async () => {
  const message = newMessage();
  const { messageId } = message;
  const created = newCreated();
  await messages.beginAttempt(message, newAttempt(), { opened: created });
  await messages.recordCreated(messageId, 1, created);
  await messages.recordOutcome({
    messageId,
    message,
    heardEventIds: [],
    attemptEnd: { number: 1, result: { kind: 'timed_out' } },
    outcome: newOutcome({ kind: 'unconfirmed' }),
  });
  expect(await show(messageId)).toMatchObject({
    outcome: { kind: 'unconfirmed' },
    attempts: [{ status: 'timed_out', reason: 'Twilio took it, and no receipt that decides came in time' }],
    corrections: [],
  });
  const { event, match } = await api.inbox.store(newReceipt(created));
  api.client.isClosed = true;
  await api.tellWorkflow(event, match as MatchedAttempt);
  const nothingKnown = { errorCode: null, errorClass: null };
  expect(await show(messageId)).toMatchObject({
    outcome: { kind: 'delivered', attempt: 1, ...nothingKnown },
    attempts: [{ status: 'delivered', reason: 'it reached the handset of the recipient' }],
    corrections: [
      {
        was: { kind: 'unconfirmed', ...nothingKnown },
        is: { kind: 'delivered', ...nothingKnown },
        because: 'after the end a receipt of attempt 1 came: delivered',
        at: expect.any(String) as string,
      },
    ],
  });
});

test('a status and a code that nobody knows are shown as they came', async () => {
  const message = newMessage();
  const created = newCreated();
  await messages.beginAttempt(message, newAttempt(), { opened: created });
  await messages.recordCreated(message.messageId, 1, created);
  await api.inbox.store(newReceipt(created, { status: 'teleported', at: '2026-01-02T03:04:05.000Z' }));
  expect(await show(message.messageId)).toMatchObject({
    attempts: [{ status: 'handed_over', receipts: [{ status: 'teleported' }] }],
  });
  await api.inbox.store(newReceipt(created, { status: 'failed', errorCode: 39999, at: '2026-01-02T03:04:06.000Z' }));
  expect(await show(message.messageId)).toMatchObject({
    attempts: [
      {
        status: 'failed',
        errorCode: 39999,
        errorClass: 'unknown',
        reason: expect.stringContaining('https://www.twilio.com/docs/api/errors/39999') as string,
        receipts: [{ status: 'teleported' }, { status: 'failed', errorCode: 39999 }],
      },
    ],
  });
});

test.each([
  [{ kind: 'opted_out', reason: 'The recipient has opted out.' }, 'opted_out'],
  [{ kind: 'ambiguous', reason: 'No answer.' }, 'ambiguous'],
  [{ kind: 'refused', errorCode: 21211, errorClass: 'recipient', reason: 'not a number' }, 'refused'],
] as const)('an attempt that ended with %j without a receipt has the status %s', async (result, status) => {
  const message = newMessage();
  await messages.beginAttempt(message, newAttempt());
  await messages.recordProgress({
    messageId: message.messageId,
    status: 'backing_off',
    attemptEnd: { number: 1, result },
    heardEventIds: [],
    note: { kind: 'attempt_ended', attempt: 1, detail: {} },
  });
  const { attempts } = (await show(message.messageId)) as { attempts: object[] };
  expect(attempts).toMatchObject([
    {
      status,
      errorCode: 'errorCode' in result ? result.errorCode : null,
      errorClass: 'errorClass' in result ? result.errorClass : null,
    },
  ]);
});
