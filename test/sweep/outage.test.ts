import { createDatabase } from '../../src/database/client';
import { createOptOutStore } from '../../src/database/opt-out-store';
import { createCuttableWays } from '../end-to-end/support/cuttable-ways';
import { type Deployment, startDeployment } from '../end-to-end/support/deployment';
import { expectNoViolations } from '../support/expect-no-violations';
import { until } from '../support/until';
import { clientOf, makeOld, sweepNow } from './support/sweep';

jest.setTimeout(120_000);

const SILENT = { steps: [{ status: 'sent' as const }] };

const ways = createCuttableWays();
let deployment: Deployment;
let temporalClient: ReturnType<typeof clientOf>;

beforeAll(async () => {
  deployment = await startDeployment({
    routes: ways.routes,
    variables: { POSTHORN_SWEEP_INTERVAL: '24h' },
  });
  temporalClient = clientOf(deployment);
});
afterAll(() => expectNoViolations(deployment.evidence));
afterAll(async () => {
  await temporalClient.close();
  ways.restore();
  await deployment.stop();
  await ways.stop();
});
afterEach(() => ways.restore());

/** A message that Twilio has and says nothing about; its SID. */
async function sendSilently(to: string): Promise<{ messageId: string; messageSid: string }> {
  deployment.simulator.control.scriptAddress({ address: to, scripts: [{ messages: 'all', script: SILENT }] });
  const { body } = await deployment.api.request('POST', '/v1/messages', { to, body: 'Your table is ready.' });
  const messageSid = await until(
    'Twilio to have it',
    async () => {
      const message = (await deployment.api.request('GET', `/v1/messages/${body.id}`)).body;
      return message.status === 'awaiting_receipt' ? (message.attempts[0]?.messageSid ?? undefined) : undefined;
    },
    30_000,
  );
  await deployment.simulator.control.whenIdle();
  return { messageId: body.id, messageSid };
}

/** Twilio says that the message was delivered. @returns how its webhook was answered */
async function tellDelivered(messageSid: string): Promise<number | null | undefined> {
  await deployment.simulator.control.updateReceipt({ messageSid, status: 'delivered' });
  return deliveredWebhook(messageSid)?.status;
}

const deliveredWebhook = (messageSid: string) =>
  deployment.simulator.control
    .webhooks({})
    .find(({ fields }) => fields['MessageSid'] === messageSid && fields['Status'] === 'delivered');

/** The type of a workflow that keeps something while Postgres is away. */
const keptInTemporal = async (workflowId: string): Promise<string> =>
  (await temporalClient.client.workflow.getHandle(workflowId).describe()).type;

/** Sends a webhook of before again, as it was signed. */
async function repeatWebhook(messageSid: string): Promise<number> {
  const webhook = deliveredWebhook(messageSid);
  const answer = await fetch(webhook?.url ?? '', {
    method: 'POST',
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      'x-twilio-signature': webhook?.signature ?? '',
    },
    body: new URLSearchParams(webhook?.fields),
  });
  return answer.status;
}

const receiptsOf = async (messageId: string): Promise<string[]> => {
  const { body } = await deployment.api.request('GET', `/v1/messages/${messageId}`);
  const { timeline } = body as unknown as { timeline: { kind: string; status?: string; source?: string }[] };
  return timeline.filter(({ kind }) => kind === 'receipt').map(({ source, status }) => `${status} by ${source}`);
};

test('a webhook that comes while Postgres is down is answered 200 and stored once when it is back', async () => {
  const { messageId, messageSid } = await sendSilently('+12025550141');
  ways.postgres().cut();
  expect(await tellDelivered(messageSid)).toBe(200);
  expect(await repeatWebhook(messageSid)).toBe(200);
  await expect(
    keptInTemporal(`store-receipt-${deliveredWebhook(messageSid)?.fields['DeliveryReceiptSid']}:delivered`),
  ).resolves.toBe('storeDeliveryEvent');
  ways.restore();
  await expect(deployment.closed(messageId)).resolves.toMatchObject({ outcome: { kind: 'delivered' } });
  expect((await receiptsOf(messageId)).sort()).toEqual(['delivered by webhook', 'sent by webhook']);
});

test('a STOP that comes while Postgres is down is in the ledger when it is back', async () => {
  const address = '+12025550142';
  await sendSilently(address);
  ways.postgres().cut();
  deployment.simulator.control.receiveInbound({ from: address, to: '+12025550100', body: 'Stop!' });
  await deployment.simulator.control.whenIdle();
  const [inbound] = deployment.simulator.control.webhooks({}).filter(({ fields }) => fields['Body'] === 'Stop!');
  expect(inbound?.status).toBe(200);
  await expect(keptInTemporal(`store-word-stop-${inbound?.fields['MessageSid']}`)).resolves.toBe('storeInboundWord');
  ways.restore();

  const database = createDatabase({
    url: deployment.environment['DATABASE_URL'] ?? '',
    poolMax: 1,
    applicationName: 'test',
  });
  const entries = await until(
    'the ledger',
    async () => {
      const found = await createOptOutStore(database).show(address);
      return found.length > 0 && found;
    },
    20_000,
  ).finally(() => database.destroy());
  expect(entries).toMatchObject([{ optedOut: true, scope: { sender: '+12025550100' }, source: 'inbound_word' }]);
});

test('with Postgres and Temporal down the answer is 503, and the receipt is not lost', async () => {
  const { messageId, messageSid } = await sendSilently('+12025550143');
  ways.postgres().cut();
  ways.temporal().cut();
  expect(await tellDelivered(messageSid)).toBe(503);
  ways.restore();
  await until('the API to be ready', async () => (await fetch(`${deployment.apiUrl}/readyz`)).ok, 30_000);
  // What Twilio does not do by itself, an operator or the sweep does.
  expect(await repeatWebhook(messageSid)).toBe(200);
  await expect(deployment.closed(messageId)).resolves.toMatchObject({ outcome: { kind: 'delivered' } });
});

test('a message that is posted while Temporal is down is accepted, and started when it is back', async () => {
  ways.temporal().cut();
  const { body, status } = await deployment.api.request('POST', '/v1/messages', { to: '+12025550144', body: 'Hello.' });
  expect(status).toBe(202);
  ways.restore();
  await makeOld(deployment, body.id);
  await expect(sweepNow(temporalClient.client)).resolves.toMatchObject({ started: 1 });
  await expect(deployment.closed(body.id)).resolves.toMatchObject({ outcome: { kind: 'delivered' } });
});
