import { type Client } from '@temporalio/client';
import { createDatabase } from '../../src/database/client';
import { configureWebhooks } from '../../src/simulator/configure-webhooks';
import { type Deployment, startDeployment } from '../end-to-end/support/deployment';
import { type MessageBody } from '../end-to-end/support/api-client';
import { expectNoViolations } from '../support/expect-no-violations';
import { until } from '../support/until';
import { clientOf, sweepNow } from './support/sweep';

jest.setTimeout(120_000);

/** A message as the API shows it, with what late truth made of it. */
type Shown = MessageBody & {
  readonly corrections: readonly { readonly was: { readonly kind: string }; readonly is: { readonly kind: string } }[];
};

let deployment: Deployment;
let client: Client;
let closeClient: () => Promise<void>;

beforeAll(async () => {
  deployment = await startDeployment({ variables: { POSTHORN_SWEEP_INTERVAL: '24h' } });
  const { credentials, simulator } = deployment;
  // Twilio tells nothing: every webhook is lost.
  const webhookUrl = 'http://127.0.0.1:9/lost';
  await configureWebhooks({ ...credentials.twilio, url: simulator.url, webhookUrl, filters: [] });
  simulator.control.setDefaultScript({ steps: [{ status: 'sent' }] });
  ({ client, close: closeClient } = clientOf(deployment));
});
afterAll(() => expectNoViolations(deployment.evidence));
afterAll(async () => {
  await closeClient();
  await deployment.stop();
});

const show = async (messageId: string): Promise<Shown> =>
  (await deployment.api.request('GET', `/v1/messages/${messageId}`)).body as Shown;
const corrected = (messageId: string): Promise<Shown> =>
  until(
    `the correction of ${messageId}`,
    async () => {
      const message = await show(messageId);
      return message.corrections.length > 0 ? message : undefined;
    },
    20_000,
  );

async function post(to: string, policy: object): Promise<string> {
  const { body, status } = await deployment.api.request('POST', '/v1/messages', { to, body: 'Good morning.', policy });
  expect(status).toBe(202);
  return body.id;
}

/** The SID of the message, once Twilio has it. */
const messageSidOf = (messageId: string): Promise<string> =>
  until('Twilio to have it', async () => (await show(messageId)).attempts[0]?.messageSid ?? undefined, 30_000);

async function cancel(messageId: string): Promise<void> {
  await deployment.api.request('POST', `/v1/messages/${messageId}/cancel`);
  await deployment.closed(messageId);
}

/** Puts the end of a message, and with it the late reads, so far back. */
async function letPass(messageId: string, interval: string): Promise<void> {
  const url = deployment.environment['DATABASE_URL'] ?? '';
  const database = createDatabase({ url, poolMax: 1, applicationName: 'test' });
  try {
    await database.raw(
      `update messages set closed_at = closed_at - cast(:interval as interval),
         late_read_due_at = late_read_due_at - cast(:interval as interval)
       where message_id = :messageId`,
      { interval, messageId },
    );
  } finally {
    await database.destroy();
  }
}

const UNCONFIRMED_SOON = { deliveryTimeout: '200ms', onTimeout: 'accept' };

test('a delivery after the time-out whose webhook is lost corrects the outcome, and sends nothing', async () => {
  const messageId = await post('+12025550171', UNCONFIRMED_SOON);
  await expect(deployment.closed(messageId)).resolves.toMatchObject({ outcome: { kind: 'unconfirmed' } });
  await deployment.simulator.control.updateReceipt({ messageSid: await messageSidOf(messageId), status: 'delivered' });
  await expect(sweepNow(client)).resolves.toMatchObject({ polled: 0, found: 0 });

  await letPass(messageId, '10 minutes');
  await expect(sweepNow(client)).resolves.toMatchObject({ polled: 1, found: 1, deciding: 1 });
  await expect(corrected(messageId)).resolves.toMatchObject({
    outcome: { kind: 'delivered', attempt: 1 },
    corrections: [{ was: { kind: 'unconfirmed' }, is: { kind: 'delivered' } }],
    attempts: [{ number: 1, status: 'delivered' }],
  });
  await letPass(messageId, '1 hour');
  await expect(sweepNow(client)).resolves.toMatchObject({ polled: 0 });
});

test('a message that was canceled too late is read again, until it is known what became of it', async () => {
  const messageId = await post('+12025550172', { deliveryTimeout: '10m' });
  const messageSid = await messageSidOf(messageId);
  await cancel(messageId);
  await letPass(messageId, '10 minutes');
  await expect(sweepNow(client)).resolves.toMatchObject({ polled: 1, deciding: 0 });
  await expect(sweepNow(client)).resolves.toMatchObject({ polled: 0 });
  await expect(show(messageId)).resolves.toMatchObject({ outcome: { kind: 'canceled' }, corrections: [] });

  await deployment.simulator.control.updateReceipt({ messageSid, status: 'delivered' });
  await letPass(messageId, '1 hour');
  await expect(sweepNow(client)).resolves.toMatchObject({ polled: 1, deciding: 1 });
  await expect(corrected(messageId)).resolves.toMatchObject({ outcome: { kind: 'delivered' } });
});

test('a message whose create was never seen answered is found by its key', async () => {
  const { control } = deployment.simulator;
  const lost = { operation: 'messages.create', requests: 1, when: 'after', effect: { kind: 'reset' } } as const;
  const { faultId } = control.addFault(lost);
  const hidden = { kind: 'respond', status: 503, code: 20503 } as const;
  control.addFault({ operation: 'messages.list', requests: 'all', when: 'before', effect: hidden });
  const messageId = await post('+12025550173', { deliveryTimeout: '10m' });
  await until('the create', () => !control.faults().some((fault) => fault.faultId === faultId), 30_000);
  await cancel(messageId);
  control.clearFaults();
  await expect(show(messageId)).resolves.toMatchObject({
    outcome: { kind: 'canceled' },
    attempts: [{ messageSid: null }],
  });

  const [message] = control.snapshot({ address: '+12025550173' }).conversations.flatMap(({ messages }) => messages);
  const messageSid = message?.messageSid ?? '';
  await control.whenIdle();
  await control.updateReceipt({ messageSid, status: 'delivered' });
  await letPass(messageId, '10 minutes');
  await expect(sweepNow(client)).resolves.toMatchObject({ polled: 1, deciding: 1 });
  await expect(corrected(messageId)).resolves.toMatchObject({
    outcome: { kind: 'delivered', attempt: 1 },
    attempts: [{ messageSid }],
  });
});
