import { OTHER_PERSON, PERSON, SENDER } from './support/identifiers';
import { refusalOf } from './support/refusal-of';
import { useSimulator } from './support/use-simulator';

const fixture = useSimulator();

test('one receipt for each participant outside of chat, with the carrier leg of its channel', async () => {
  const conversationSid = await fixture.conversationWith(PERSON, SENDER);
  const { participants, messages } = fixture.service().conversations(conversationSid);
  await participants.create({
    'messagingBinding.address': `whatsapp:${OTHER_PERSON}`,
    'messagingBinding.proxyAddress': `whatsapp:${SENDER}`,
  });
  await participants.create({ identity: 'agent' });

  const { sid: messageSid } = await messages.create({ body: 'to both' });
  await fixture.simulator().control.whenIdle();
  const receipts = await messages(messageSid).deliveryReceipts.list();

  expect(receipts.map(({ status, errorCode }) => [status, errorCode])).toEqual([
    ['delivered', 0],
    ['delivered', 0],
  ]);
  expect(receipts.map(({ channelMessageSid }) => channelMessageSid.slice(0, 2))).toEqual(['SM', 'WA']);
  const fetched = await messages(messageSid)
    .deliveryReceipts(receipts[0]?.sid ?? '')
    .fetch();
  expect(fetched).toMatchObject({ messageSid, conversationSid, participantSid: receipts[0]?.participantSid });
  expect((await messages(messageSid).fetch()).delivery).toEqual({
    total: 2,
    sent: 'all',
    delivered: 'all',
    read: 'none',
    failed: 'none',
    undelivered: 'none',
  });
});

test('the sum of the receipts says some when some', async () => {
  const { control } = fixture.simulator();
  control.scriptAddress({
    address: OTHER_PERSON,
    scripts: [{ messages: 'all', script: { steps: [{ status: 'undelivered', errorCode: 30003 }] } }],
  });
  const conversationSid = await fixture.conversationWith(PERSON, SENDER);
  const { participants, messages } = fixture.service().conversations(conversationSid);
  await participants.create({ 'messagingBinding.address': OTHER_PERSON, 'messagingBinding.proxyAddress': SENDER });

  const { sid: messageSid } = await messages.create({ body: 'to both' });
  await control.whenIdle();

  expect((await messages(messageSid).fetch()).delivery).toMatchObject({
    sent: 'all',
    delivered: 'some',
    undelivered: 'some',
    failed: 'none',
  });
});

test('a message that is still inside Twilio has a receipt without status', async () => {
  const { control } = fixture.simulator();
  control.setDefaultScript({ steps: [] });
  const conversationSid = await fixture.conversationWith();
  const { messages } = fixture.service().conversations(conversationSid);

  const { sid: messageSid } = await messages.create({ body: 'stuck' });
  const receipts = await messages(messageSid).deliveryReceipts.list();

  expect(receipts).toHaveLength(1);
  expect(receipts[0]?.status).toBeUndefined();
});

test('a message without a recipient outside of chat has no receipts', async () => {
  const { sid: conversationSid } = await fixture.service().conversations.create({});
  const { participants, messages } = fixture.service().conversations(conversationSid);
  await participants.create({ identity: 'agent' });

  const message = await messages.create({ body: 'in chat' });

  expect(message.delivery).toBeNull();
  expect(await messages(message.sid).deliveryReceipts.list()).toEqual([]);
  const unknown = messages(message.sid)
    .deliveryReceipts(`DY${'0'.repeat(32)}`)
    .fetch();
  expect(await refusalOf(unknown)).toMatchObject({ status: 404, code: 20404 });
});
