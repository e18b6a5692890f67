import { type Simulator } from '../../src/simulator/start-simulator';
import { createTwilioGateway } from '../../src/twilio/twilio-gateway';
import { type ConversationSid } from '../../src/domain/sid';
import { ACCOUNT, serviceOf, startTwilio } from './simulated-twilio';

const PROXY = '+15550100100';

let simulator: Simulator;
beforeAll(async () => {
  simulator = await startTwilio();
});
afterAll(() => simulator.stop());

const read = (conversationSid: string) =>
  createTwilioGateway({ ...ACCOUNT, baseUrl: simulator.url }).readConversation(conversationSid as ConversationSid);

test('gives those whom Twilio writes to, by their SIDs, and whether it is open', async () => {
  const service = serviceOf(simulator);
  const { sid: conversationSid } = await service.conversations.create({});
  const { participants } = service.conversations(conversationSid);
  const bind = (address: string, proxyAddress: string) =>
    participants.create({ 'messagingBinding.address': address, 'messagingBinding.proxyAddress': proxyAddress });
  await participants.create({ identity: 'agent' });
  const { sid: texter } = await bind('+15550100001', PROXY);
  const { sid: whatsapper } = await bind('whatsapp:+15550100002', `whatsapp:${PROXY}`);
  const both = [
    { participantSid: texter, channel: 'sms', recipient: '+15550100001', sender: PROXY },
    { participantSid: whatsapper, channel: 'whatsapp', recipient: '+15550100002', sender: PROXY },
  ].sort((a, b) => (a.participantSid < b.participantSid ? -1 : 1));
  expect(await read(conversationSid)).toEqual({ isClosed: false, participants: both });

  await service.conversations(conversationSid).update({ state: 'closed' });
  expect(await read(conversationSid)).toMatchObject({ isClosed: true });
});

test('gives nothing of a conversation that is not there', async () => {
  expect(await read(`CH${'0'.repeat(32)}`)).toBeUndefined();
});
