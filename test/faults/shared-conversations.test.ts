import { LOCAL_SENDERS } from '../../src/local/stack-variables';
import { uniqueName } from '../../src/twilio/unique-name';
import { type Deployment, startDeployment } from '../end-to-end/support/deployment';
import { expectNoViolations } from '../support/expect-no-violations';
import { expectDeliveredOnce } from './support/expect-delivered-once';
import { createFaultBench, type FaultBench, type Posted } from './support/fault-bench';
import { createTwilioRest, type TwilioRest } from './support/twilio-rest';

jest.setTimeout(120_000);

const DELIVERED_WITHIN_MS = 40_000;

let deployment: Deployment;
let bench: FaultBench;
let twilio: TwilioRest;
beforeAll(async () => {
  deployment = await startDeployment();
  bench = createFaultBench(deployment);
  twilio = createTwilioRest(deployment);
});
afterAll(() => expectNoViolations(deployment.evidence));
afterAll(() => deployment.stop());

async function deliver(to: string): Promise<string> {
  const posted = await bench.post(to);
  await expectDeliveredOnce(bench, posted, DELIVERED_WITHIN_MS);
  return conversationOf(posted);
}

function conversationOf(posted: Posted): string {
  const [message] = bench.atTwilio(posted);
  if (message === undefined) {
    throw new Error(`Twilio has no message "${posted.body}"`);
  }
  return message.conversationSid;
}

/** The error codes that Twilio has answered an operation with, about any conversation or about one. */
function refusalsOf(operation: string, part = ''): (number | null)[] {
  return deployment.simulator.control
    .requests()
    .filter((request) => request.operation === operation && request.path.includes(part) && request.errorCode !== null)
    .map(({ errorCode }) => errorCode);
}

const bind = (conversationSid: string, to: string): Promise<string> =>
  twilio.post(`/Conversations/${conversationSid}/Participants`, {
    'MessagingBinding.Address': to,
    'MessagingBinding.ProxyAddress': LOCAL_SENDERS.sms,
  });

test('a name that is taken (50353): the message goes into the conversation that has it', async () => {
  const to = bench.stranger();
  const name = uniqueName({ channel: 'sms', sender: LOCAL_SENDERS.sms, recipient: to });
  const conversationSid = await twilio.post('/Conversations', { UniqueName: name });
  await expect(deliver(to)).resolves.toBe(conversationSid);
  expect(refusalsOf('conversations.create')).toContain(50353);
});

test('a recipient in somebody else’s open conversation (50416): the message goes there', async () => {
  const to = bench.stranger();
  const conversationSid = await twilio.post('/Conversations', { FriendlyName: 'made by hand' });
  await bind(conversationSid, to);
  await expect(deliver(to)).resolves.toBe(conversationSid);
  expect(refusalsOf('participants.create')).toContain(50416);
});

test('a conversation that was closed between two messages: the second goes into another one', async () => {
  const to = bench.stranger();
  const first = await deliver(to);
  await twilio.post(`/Conversations/${first}`, { State: 'closed' });
  await expect(deliver(to)).resolves.not.toBe(first);
  expect(refusalsOf('messages.create', first)).toEqual([50377]);
});

test('a conversation that was deleted between two messages: the second goes into another one', async () => {
  const to = bench.stranger();
  const first = await deliver(to);
  await twilio.delete(`/Conversations/${first}`);
  await expect(deliver(to)).resolves.not.toBe(first);
  expect(refusalsOf('messages.create', first)).toHaveLength(1);
});

test.each([2, 20])('%i messages at once to somebody new: each arrives once, all in one conversation', async (count) => {
  const to = bench.stranger();
  const posted = await Promise.all(Array.from({ length: count }, () => bench.post(to)));
  await Promise.all(posted.map((message) => expectDeliveredOnce(bench, message, DELIVERED_WITHIN_MS)));
  expect(new Set(posted.map(conversationOf)).size).toBe(1);
});

test('20 messages at once into a conversation that was just closed: each arrives once, all in its successor', async () => {
  const to = bench.stranger();
  const first = await deliver(to);
  await twilio.post(`/Conversations/${first}`, { State: 'closed' });
  const posted = await Promise.all(Array.from({ length: 20 }, () => bench.post(to)));
  await Promise.all(posted.map((message) => expectDeliveredOnce(bench, message, DELIVERED_WITHIN_MS)));
  const conversations = new Set(posted.map(conversationOf));
  expect(conversations.size).toBe(1);
  expect(conversations).not.toContain(first);
});
