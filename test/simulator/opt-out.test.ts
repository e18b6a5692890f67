import { sendWebhooksTo } from './support/configure';
import { OTHER_PERSON, PERSON, SENDER } from './support/identifiers';
import { useSimulator } from './support/use-simulator';
import { useWebhookReceiver } from './support/use-webhook-receiver';

const fixture = useSimulator();
const receiver = useWebhookReceiver();
const control = (): ReturnType<typeof fixture.simulator>['control'] => fixture.simulator().control;

async function outcomeOfMessage(conversationSid: string): Promise<[string | undefined, number]> {
  const { messages } = fixture.service().conversations(conversationSid);
  const { sid: messageSid } = await messages.create({ body: 'hello' });
  await control().whenIdle();
  const [receipt] = await messages(messageSid).deliveryReceipts.list();
  return [receipt?.status, receipt?.errorCode ?? 0];
}

test.each(['STOP', ' stop ', 'Unsubscribe', 'CANCEL'])('%j opts out of the sender until START', async (word) => {
  const conversationSid = await fixture.conversationWith(PERSON, SENDER);

  expect(control().receiveInbound({ from: PERSON, to: SENDER, body: word }).optOut).toBe('stop');
  expect(await outcomeOfMessage(conversationSid)).toEqual(['failed', 21610]);
  expect(control().receiveInbound({ from: PERSON, to: SENDER, body: 'start' }).optOut).toBe('start');
  expect(await outcomeOfMessage(conversationSid)).toEqual(['delivered', 0]);
});

test.each(['please stop', 'STOP it', 'stopp', ''])('%j is no opt-out', async (text) => {
  const conversationSid = await fixture.conversationWith(PERSON, SENDER);

  expect(control().receiveInbound({ from: PERSON, to: SENDER, body: text }).optOut).toBeNull();
  expect(await outcomeOfMessage(conversationSid)).toEqual(['delivered', 0]);
});

test('an opt-out holds for one person and one sender, and comes before any script', async () => {
  const conversationSid = await fixture.conversationWith(PERSON, SENDER);
  const otherPersonSid = await fixture.conversationWith(OTHER_PERSON, SENDER);
  const otherSenderSid = await fixture.conversationWith(PERSON, '+12025550198');
  control().receiveInbound({ from: PERSON, to: SENDER, body: 'STOP' });
  control().scriptAddress({
    address: PERSON,
    scripts: [{ messages: 1, script: { steps: [{ status: 'read' }] } }],
  });

  expect(await outcomeOfMessage(conversationSid)).toEqual(['failed', 21610]);
  expect(await outcomeOfMessage(otherPersonSid)).toEqual(['delivered', 0]);
  expect(await outcomeOfMessage(otherSenderSid)).toEqual(['read', 0]);
  expect(control().snapshot().optedOutPairs).toEqual([`${PERSON} ${SENDER}`]);
});

test('an opt-out counts without a conversation, and outlives one', async () => {
  control().receiveInbound({ from: PERSON, to: SENDER, body: 'STOP' });

  expect(await outcomeOfMessage(await fixture.conversationWith(PERSON, SENDER))).toEqual(['failed', 21610]);
});

test('an inbound message is told with its source, whoever made the conversation', async () => {
  await sendWebhooksTo(fixture.simulator().url, `${receiver.origin()}/hook`, ['onMessageAdded']);
  const smsSid = await fixture.conversationWith(PERSON, SENDER);
  const whatsAppSid = await fixture.conversationWith(`whatsapp:${PERSON}`, `whatsapp:${SENDER}`);

  control().receiveInbound({ from: PERSON, to: SENDER, body: 'by sms' });
  control().receiveInbound({ from: `whatsapp:${PERSON}`, to: `whatsapp:${SENDER}`, body: 'by whatsapp' });
  await control().whenIdle();

  const byConversation = new Map(receiver.received().map(({ fields }) => [fields.ConversationSid, fields]));
  expect(byConversation.get(smsSid)).toMatchObject({ Author: PERSON, Body: 'by sms', Source: 'SMS' });
  expect(byConversation.get(smsSid)?.ParticipantSid).toMatch(/^MB/);
  expect(byConversation.get(whatsAppSid)).toMatchObject({ Body: 'by whatsapp', Source: 'WHATSAPP' });
});

test('an inbound message goes on to the other participants, not back to its author', async () => {
  const conversationSid = await fixture.conversationWith(PERSON, SENDER);
  const { participants } = fixture.service().conversations(conversationSid);
  await participants.create({ 'messagingBinding.address': OTHER_PERSON, 'messagingBinding.proxyAddress': SENDER });

  const { message } = control().receiveInbound({ from: PERSON, to: SENDER, body: 'hello all' });

  expect(message?.receipts).toHaveLength(1);
  expect(message?.receipts[0]?.participantSid).not.toBe(message?.participantSid);
});

test('an inbound message that nobody could see is refused with the remedy', () => {
  expect(() => control().receiveInbound({ from: PERSON, to: SENDER, body: 'hello?' })).toThrow(
    /from, to: no open conversation has this participant address/,
  );
});
