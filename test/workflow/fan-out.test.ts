import { ApplicationFailure } from '@temporalio/common';
import { type PostResult } from '../../activities/post-to-conversation';
import { type DeliveryEvent } from '../../src/domain/delivery-event';
import { DEFAULT_OPT_OUT_CODES } from '../../src/domain/opt-out-code';
import { type ConversationSid, type MessageSid, type ParticipantSid } from '../../src/domain/sid';
import { cancelUpdate, deliveryEventSignal, SEND_FAILURES, stateQuery } from '../../workflows/contract';
import { until } from '../support/until';
import { buildConversationInput } from './support/build-input';
import { type DeliveryHarness, startDeliveryHarness } from './support/delivery-harness';
import { childIdOf, handedOver, receipt } from './support/scripted-activities';

const A = `MB${'1'.repeat(32)}` as ParticipantSid;
const B = `MB${'2'.repeat(32)}` as ParticipantSid;
const C = `MB${'3'.repeat(32)}` as ParticipantSid;
const SMS = { channel: 'sms' } as const;
const ON_CALL = { channel: 'human', queue: 'on-call', acknowledgeTimeout: '10s' } as const;

let harness: DeliveryHarness;
let posts = 0;
beforeAll(async () => {
  harness = await startDeliveryHarness();
});
afterAll(() => harness.stop());

function posted(optedOut?: ParticipantSid): Extract<PostResult, { kind: 'posted' }> {
  posts += 1;
  return {
    kind: 'posted',
    conversationSid: `CH${'c'.repeat(32)}` as ConversationSid,
    messageSid: `IM${String(posts).padStart(32, '0')}` as MessageSid,
    participants: [A, B, C].map((participantSid) => ({
      participantSid,
      channel: 'whatsapp',
      isOptedOut: participantSid === optedOut,
    })),
    events: [],
    optOutCodes: DEFAULT_OPT_OUT_CODES,
  };
}

const told = (
  messageSid: MessageSid,
  participantSid: ParticipantSid,
  status: string,
  errorCode?: number,
): DeliveryEvent => ({
  ...receipt(messageSid, status, errorCode),
  participantSid,
  eventId: `${messageSid}:${participantSid}:${status}`,
});

/** Twilio has it, and these receipts came with the answer. */
function postedWith(...receipts: [ParticipantSid, string, number?][]): Extract<PostResult, { kind: 'posted' }> {
  const sent = posted();
  return { ...sent, events: receipts.map(([who, status, errorCode]) => told(sent.messageSid, who, status, errorCode)) };
}

const delivered = () => handedOver((messageSid) => [receipt(messageSid, 'delivered')]);

it('is delivered once the last one has it, whatever repeats of receipts are heard', async () => {
  const sent = posted();
  const handle = await harness.start(buildConversationInput(), { post: () => sent });
  for (const who of [B, A, B, A, C]) {
    await handle.signal(deliveryEventSignal, told(sent.messageSid, who, 'delivered'));
  }
  await expect(handle.result()).resolves.toMatchObject({ kind: 'delivered', channel: 'conversation', unreached: [] });
});

it('starts the child of the one that failed at once, on the step that the policy names, and waits for it', async () => {
  const input = buildConversationInput({ escalation: [SMS] });
  const sent = postedWith([A, 'delivered'], [B, 'undelivered', 63024]);
  const childId = childIdOf({ parentId: input.messageId, participantSid: B });
  const childSent = handedOver();
  harness.play(childId, { send: () => childSent });
  const handle = await harness.start(input, { post: () => sent });
  await until('the child', () => harness.callsOf(childId).sendMessage.length === 1);
  expect(harness.callsOf(childId).sendMessage[0]?.attempt).toMatchObject({
    step: 1,
    channel: 'sms',
    recipient: '+12025550177',
  });

  await handle.signal(deliveryEventSignal, told(sent.messageSid, C, 'read'));
  const child = harness.client.workflow.getHandle(`deliver-${childId}`);
  await child.signal(deliveryEventSignal, receipt(childSent.messageSid, 'delivered'));
  await expect(handle.result()).resolves.toMatchObject({ kind: 'delivered', unreached: [] });
  const { openChild, postToConversation, recordProgress } = harness.callsOf(input.messageId);
  expect([openChild, postToConversation]).toMatchObject([[{ childOf: { participantSid: B, attempt: 1 } }], [{}]]);
  expect(recordProgress.map(({ note }) => note)).toMatchObject([
    { kind: 'escalated', detail: { participantSid: B, child: childId } },
  ]);
});

it('calls the child off when its participant has the message after all, and waits for its end', async () => {
  const input = buildConversationInput({ escalation: [SMS] });
  const sent = postedWith([A, 'delivered'], [B, 'undelivered', 30005], [C, 'delivered']);
  const childId = childIdOf({ parentId: input.messageId, participantSid: B });
  harness.play(childId, { send: () => handedOver() });
  const handle = await harness.start(input, { post: () => sent });
  await until('the child', () => harness.callsOf(childId).sendMessage.length === 1);
  await handle.signal(deliveryEventSignal, told(sent.messageSid, B, 'delivered'));
  await expect(handle.result()).resolves.toMatchObject({ kind: 'delivered', unreached: [] });
  expect(harness.callsOf(childId).recordOutcome).toMatchObject([{ outcome: { kind: 'canceled' } }]);
});

it('asks Twilio before silence counts, and then lists who is left', async () => {
  const sent = posted();
  const input = buildConversationInput({ deliveryTimeout: '300ms' });
  const poll = () => [told(sent.messageSid, A, 'delivered'), told(sent.messageSid, B, 'failed', 30005)];
  const handle = await harness.start(input, { post: () => sent, poll });
  await expect(handle.result()).resolves.toMatchObject({
    kind: 'partly_delivered',
    unreached: [
      { participantSid: B, kind: 'undeliverable', errorCode: 30005 },
      { participantSid: C, kind: 'unconfirmed' },
    ],
  });
  expect(harness.callsOf(input.messageId).pollReceipts).toHaveLength(1);
});

it('writes to nobody in another way who has opted out, before or by the receipt', async () => {
  const sent = posted(B);
  const events = [told(sent.messageSid, A, 'failed', 21610), told(sent.messageSid, C, 'delivered')];
  const input = buildConversationInput({ deliveryTimeout: '300ms', escalation: [SMS] });
  const handle = await harness.start(input, { post: () => ({ ...sent, events }) });
  await expect(handle.result()).resolves.toMatchObject({
    kind: 'partly_delivered',
    unreached: [
      { participantSid: A, kind: 'opted_out', errorCode: 21610 },
      { participantSid: B, kind: 'opted_out' },
    ],
  });
  expect(harness.callsOf(input.messageId).openChild).toEqual([]);
});

it('writes by another channel to the one who has blocked theirs, where a step asks for it, and not to one who had opted out', async () => {
  const sent = posted(B);
  const events = [A, B].map((who) => told(sent.messageSid, who, 'undelivered', 63014));
  const input = buildConversationInput({ escalation: [SMS, { ...SMS, when: ['blocked'] }] });
  const childId = childIdOf({ parentId: input.messageId, participantSid: A });
  harness.play(childId, { send: delivered });
  const handle = await harness.start(input, {
    post: () => ({ ...sent, events: [...events, told(sent.messageSid, C, 'delivered')] }),
  });
  await expect(handle.result()).resolves.toMatchObject({
    kind: 'partly_delivered',
    unreached: [{ participantSid: B, kind: 'opted_out', errorCode: 63014 }],
  });
  const { openChild } = harness.callsOf(input.messageId);
  expect(openChild).toMatchObject([{ childOf: { participantSid: A, position: { step: 2 } } }]);
});

it('is not posted again for one who may be reached later', async () => {
  const input = buildConversationInput({ maxAttempts: 3 });
  const sent = postedWith([A, 'delivered'], [B, 'undelivered', 30003], [C, 'delivered']);
  const handle = await harness.start(input, { post: () => sent });
  await expect(handle.result()).resolves.toMatchObject({ kind: 'partly_delivered', attempt: 1 });
  expect(harness.callsOf(input.messageId).postToConversation).toHaveLength(1);
});

it('is posted again after a refusal as a whole that may pass', async () => {
  const refusal = { kind: 'refused', errorCode: 20429, errorClass: 'limit', reason: 'too many requests' } as const;
  const turnedDown: PostResult = { kind: 'turned_down', refusal, participants: posted().participants, optOutCodes: [] };
  const input = buildConversationInput({ maxAttempts: 2 });
  const all = postedWith([A, 'delivered'], [B, 'delivered'], [C, 'delivered']);
  const handle = await harness.start(input, { post: (_, number) => (number === 1 ? turnedDown : all) });
  await expect(handle.result()).resolves.toMatchObject({ kind: 'delivered', attempt: 2 });
});

it('gives everybody a message of their own when Twilio refuses it as a whole for good', async () => {
  const refusal = { kind: 'refused', errorCode: 50438, errorClass: 'config', reason: 'no' } as const;
  const turnedDown: PostResult = { kind: 'turned_down', refusal, participants: posted().participants, optOutCodes: [] };
  const input = buildConversationInput({ escalation: [SMS] });
  for (const participantSid of [A, B, C]) {
    harness.play(childIdOf({ parentId: input.messageId, participantSid }), { send: delivered });
  }
  const handle = await harness.start(input, { post: () => turnedDown });
  await expect(handle.result()).resolves.toMatchObject({ kind: 'delivered', unreached: [] });
  expect(harness.callsOf(input.messageId).openChild).toHaveLength(3);
});

it('asks one person, not one for each participant, when nobody knows whether Twilio took it', async () => {
  const input = buildConversationInput({ escalation: [SMS, ON_CALL] });
  const lost = ApplicationFailure.create({ type: SEND_FAILURES.unknown, message: 'reset', nonRetryable: true });
  const handle = await harness.start(input, { post: () => Promise.reject(lost) });
  await until('the task', () => harness.callsOf(input.messageId).openTask.length === 1);
  await handle.executeUpdate('acknowledge', { args: [{ by: 'ada' }] });
  await expect(handle.result()).resolves.toMatchObject({ kind: 'acknowledged' });
  expect(harness.callsOf(input.messageId).openChild).toEqual([]);
});

it('ends as canceled with its children, and as partly delivered when somebody has it', async () => {
  const input = buildConversationInput({ escalation: [SMS] });
  const sent = postedWith([B, 'undelivered', 30005]);
  const childId = childIdOf({ parentId: input.messageId, participantSid: B });
  harness.play(childId, { send: () => handedOver() });
  const handle = await harness.start(input, { post: () => sent });
  await until('the child', () => harness.callsOf(childId).sendMessage.length === 1);
  await handle.executeUpdate(cancelUpdate, { args: [{ by: 'tests' }] });
  await expect(handle.result()).resolves.toMatchObject({ kind: 'canceled', unreached: [{}, { kind: 'canceled' }, {}] });

  const other = buildConversationInput();
  const reached = await harness.start(other, { post: () => postedWith([A, 'delivered']) });
  await until('the wait', async () => (await reached.query(stateQuery)).status === 'awaiting_receipt');
  await reached.executeUpdate(cancelUpdate, { args: [{ by: 'tests' }] });
  await expect(reached.result()).resolves.toMatchObject({
    kind: 'partly_delivered',
    unreached: [{ kind: 'canceled' }, { kind: 'canceled' }],
  });
});

it('ends as it was held back', async () => {
  const reason = '1 of 3 participants has opted out';
  const handle = await harness.start(buildConversationInput(), { post: () => ({ kind: 'opted_out', reason }) });
  await expect(handle.result()).resolves.toMatchObject({ kind: 'opted_out', reason });
});
