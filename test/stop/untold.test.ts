import { runCli } from '../../src/cli/run-cli';
import { LOCAL_TENANT } from '../../src/local/local-credentials';
import { createTwilioRest } from '../faults/support/twilio-rest';
import { type Deployment, startDeployment } from '../end-to-end/support/deployment';
import { expectNoViolations } from '../support/expect-no-violations';
import { nightZone } from '../support/night-zone';
import { until } from '../support/until';

/*
 * Messages that are not told of a STOP at once, since their request names another number or none, or since Postgres does not know
 * of them yet: the check before their next send holds them back.
 */

jest.setTimeout(180_000);

const WITHIN_MS = 60_000;
const PROXY = '+12025550199';
const SCHEDULED_FOR = '+12025550185';

/** Long enough for a STOP to be said, also on a slow machine; the other tests are done meanwhile. */
const IN_GOOD_TIME_MS = 20_000;

let deployment: Deployment;
let scheduled: string;
beforeAll(async () => {
  deployment = await startDeployment();
  scheduled = await schedule(SCHEDULED_FOR);
  await optOut(SCHEDULED_FOR);
}, 120_000);
afterAll(async () => {
  await deployment.simulator.control.whenIdle();
  await expectNoViolations(deployment.evidence);
  await deployment.stop();
});

const post = async (body: object): Promise<string> =>
  (await deployment.api.request('POST', '/v1/messages', { body: 'Dinner is at eight.', ...body })).body.id;
const reaches = (id: string, status: string) =>
  until(
    `${id} is ${status}`,
    async () => {
      const { body } = await deployment.api.request('GET', `/v1/messages/${id}`);
      return body.status === status ? body : undefined;
    },
    WITHIN_MS,
  );
const optOut = (address: string) => deployment.api.request('PUT', `/v1/opt-outs/${encodeURIComponent(address)}`, {});

/** A message that the command line hands to Temporal alone. @returns its id */
async function schedule(to: string): Promise<string> {
  const sendAt = new Date(Date.now() + IN_GOOD_TIME_MS).toISOString();
  let output = '';
  const write = (text: string): void => void (output += text);
  const args = ['send', to, 'Good morning.', '--send-at', sendAt, '--tenant', LOCAL_TENANT];
  const { environment } = deployment;
  await runCli(args, { readEnvironment: () => environment, processEnvironment: {}, write, complain: write });
  return /msg_\w+/.exec(output)?.[0] ?? output;
}

/** How many messages Twilio has in the conversations of an address. */
const sentTo = (address: string): number =>
  deployment.simulator.control
    .snapshot({ address })
    .conversations.reduce((count, { messages }) => count + messages.length, 0);

test('a step to another number: its owner has opted out meanwhile, and nothing is sent there', async () => {
  const [to, other] = ['+12025550181', '+12025550182'];
  deployment.simulator.control.scriptAddress({
    address: to,
    scripts: [{ messages: 'all', script: { steps: [{ status: 'sent' }] } }],
  });
  const policy = { deliveryTimeout: '1h', maxAttempts: 1, escalation: [{ channel: 'sms', to: other }] };
  const id = await post({ to, policy });
  const { attempts } = await reaches(id, 'awaiting_receipt');
  await optOut(other);
  const messageSid = attempts[0]?.messageSid ?? '';
  await deployment.simulator.control.updateReceipt({ messageSid, status: 'undelivered', errorCode: 30008 });
  const { outcome } = await reaches(id, 'closed');
  expect(outcome).toMatchObject({ kind: 'opted_out', attempt: 2 });
  expect(outcome?.reason).toContain('before that Twilio had taken attempt 1, which did not arrive (error 30008)');
  expect(sentTo(other)).toBe(0);
});

test('a message into a conversation: a participant has opted out meanwhile, and nothing is posted', async () => {
  const rest = createTwilioRest(deployment);
  const conversationSid = await rest.post('/Conversations', {});
  const people = ['whatsapp:+12025550183', 'whatsapp:+12025550184'];
  for (const address of people) {
    await rest.post(`/Conversations/${conversationSid}/Participants`, {
      'MessagingBinding.Address': address,
      'MessagingBinding.ProxyAddress': `whatsapp:${PROXY}`,
    });
  }
  const id = await post({ conversationSid, category: 'marketing', timeZone: nightZone() });
  await reaches(id, 'held');
  await optOut(people[1] ?? '');
  const release = { by: 'Ann', reason: 'they have asked' };
  expect((await deployment.api.request('POST', `/v1/messages/${id}/release`, release)).status).toBe(200);
  const { outcome } = await reaches(id, 'closed');
  expect(outcome).toMatchObject({ kind: 'opted_out', attempt: 1 });
  expect(people.map(sentTo)).toEqual([0, 0]);
});

test('a message that the command line has scheduled: it ends when its time has come, and nothing is sent', async () => {
  const { attempts, outcome } = await reaches(scheduled, 'closed');
  expect(outcome).toMatchObject({ kind: 'opted_out', attempt: 1 });
  expect(attempts).toMatchObject([{ messageSid: null }]);
  expect(sentTo(SCHEDULED_FOR)).toBe(0);
});
