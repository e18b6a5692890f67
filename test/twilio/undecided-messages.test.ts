import { type Simulator } from '../../src/simulator/start-simulator';
import { type DeliveryOverview, type TwilioGateway } from '../../src/twilio/gateway';
import { createTwilioGateway } from '../../src/twilio/twilio-gateway';
import { ACCOUNT, failureOf, PAIR, startTwilio, TEXT } from './simulated-twilio';

let simulator: Simulator;
let gateway: TwilioGateway & DeliveryOverview;
beforeEach(async () => {
  simulator = await startTwilio();
  gateway = createTwilioGateway({ ...ACCOUNT, baseUrl: simulator.url });
});
afterEach(() => simulator.stop());

it('names the messages that no receipt has decided, and no other', async () => {
  const { conversationSid } = await gateway.openConversation(PAIR);
  const ends = [undefined, 'sent', 'delivered', 'read', 'undelivered', 'failed'] as const;
  const scripts = ends.map((status) => ({
    messages: 1,
    script: { steps: status === undefined ? [] : [{ status }] },
  }));
  simulator.control.scriptAddress({ address: PAIR.recipient, scripts });
  const messageSids = [];
  for (const attempt of ends.keys()) {
    messageSids.push(await gateway.createMessage(conversationSid, { messageId: 'msg_1', attempt }, TEXT));
  }
  await simulator.control.whenIdle();
  const undecided = await gateway.undecidedMessages(conversationSid);
  expect(messageSids.map((messageSid) => undecided.has(messageSid))).toEqual([true, true, false, false, false, false]);
});

it('fails as refused when the conversation is gone', async () => {
  const { conversationSid } = await gateway.openConversation(PAIR);
  simulator.control.reset();
  expect((await failureOf(gateway.undecidedMessages(conversationSid))).fault).toBe('refused');
});
