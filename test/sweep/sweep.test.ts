import { type Client } from '@temporalio/client';
import { createDatabase } from '../../src/database/client';
import { createMessageStore } from '../../src/database/message-store';
import { requestHash } from '../../src/domain/request-hash';
import { workflowIdFor } from '../../src/domain/workflow-id';
import { type Deployment, startDeployment } from '../end-to-end/support/deployment';
import { newMessage } from '../support/database-fixtures';
import { expectNoViolations } from '../support/expect-no-violations';
import { until } from '../support/until';
import { clientOf, makeOld, sweepNow } from './support/sweep';

jest.setTimeout(120_000);

let deployment: Deployment;
let client: Client;
let closeClient: () => Promise<void>;

beforeAll(async () => {
  // The schedule itself stays quiet: the tests say when it sweeps.
  deployment = await startDeployment({
    variables: { POSTHORN_RECEIPT_QUIET_AFTER: '200ms', POSTHORN_SWEEP_INTERVAL: '24h' },
  });
  ({ client, close: closeClient } = clientOf(deployment));
});
afterAll(() => expectNoViolations(deployment.evidence));
afterAll(async () => {
  await closeClient();
  await deployment.stop();
});
beforeEach(() => deployment.simulator.control.clearScripts());

const post = async (to: string): Promise<string> => {
  const { body, status } = await deployment.api.request('POST', '/v1/messages', { to, body: 'Your table is ready.' });
  expect(status).toBe(202);
  return body.id;
};
const show = async (messageId: string) => (await deployment.api.request('GET', `/v1/messages/${messageId}`)).body;
const handedOver = (messageId: string) =>
  until(`Twilio to have ${messageId}`, async () => (await show(messageId)).status === 'awaiting_receipt', 30_000);

const receiptReads = (): number =>
  deployment.simulator.control.requests({}).filter(({ path }) => /\/Receipts(\?|$)/.test(path)).length;

async function cancel(messageId: string): Promise<void> {
  await deployment.api.request('POST', `/v1/messages/${messageId}/cancel`);
  await deployment.closed(messageId);
}

/** One after the other: fifty that ask all the time would be the load that they wait for. */
async function eachOf<Result>(
  messageIds: readonly string[],
  ask: (messageId: string) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  for (const messageId of messageIds) {
    results.push(await ask(messageId));
  }
  return results;
}

/** Long enough for what is handed over now to count as quiet. */
async function becomeQuiet(): Promise<void> {
  await deployment.simulator.control.whenIdle();
  const quietAt = Date.now() + 300;
  await until('the silence to be long enough', () => Date.now() > quietAt);
}

test('finds the receipts of fifty messages whose webhooks were all lost', async () => {
  const refused = (index: number): boolean => index % 5 === 0;
  const recipients = Array.from({ length: 50 }, (_, index) => `+120255501${index + 10}`);
  recipients.forEach((address, index) => {
    const end = refused(index)
      ? ({ status: 'undelivered', errorCode: 30005 } as const)
      : ({ status: 'delivered' } as const);
    const script = { steps: [{ status: 'sent' as const }, end], webhooks: { drop: true } };
    deployment.simulator.control.scriptAddress({ address, scripts: [{ messages: 'all', script }] });
  });
  const messageIds = await Promise.all(recipients.map(post));
  await eachOf(messageIds, handedOver);
  await becomeQuiet();

  expect(await sweepNow(client)).toEqual({
    started: 0,
    notStarted: 0,
    callbacks: 0,
    polled: 50,
    unreadable: 0,
    found: 50,
    deciding: 50,
  });
  const messages = await eachOf(messageIds, (messageId) => deployment.closed(messageId));
  expect(messages.map(({ outcome }) => outcome?.kind)).toEqual(
    recipients.map((_, index) => (refused(index) ? 'undeliverable' : 'delivered')),
  );
  expect(
    deployment.simulator.control.webhooks({}).filter(({ eventType }) => eventType === 'onDeliveryUpdated'),
  ).toEqual([]);
  await expect(sweepNow(client)).resolves.toMatchObject({ polled: 0, found: 0 });
});

test('asks once about all messages of a conversation that nothing has decided', async () => {
  const to = '+12025550161';
  const silent = { steps: [{ status: 'sent' as const }] };
  const found = { steps: [{ status: 'delivered' as const }], webhooks: { drop: true } };
  deployment.simulator.control.scriptAddress({
    address: to,
    scripts: [
      { messages: 3, script: silent },
      { messages: 'all', script: found },
    ],
  });
  const messageIds: string[] = [];
  for (const recipient of [to, to, to, to]) {
    messageIds.push(await post(recipient));
    await eachOf(messageIds, handedOver);
  }
  await becomeQuiet();
  const readsBefore = receiptReads();
  await expect(sweepNow(client)).resolves.toMatchObject({ polled: 4, found: 1, deciding: 1 });
  expect(receiptReads() - readsBefore).toBe(1);
  await deployment.closed(messageIds[3] ?? '');
  await eachOf(messageIds.slice(0, 3), cancel);
});

test('leaves a carrier that says nothing in peace for longer and longer', async () => {
  deployment.simulator.control.setDefaultScript({ steps: [{ status: 'sent' }] });
  const messageId = await post('+12025550160');
  await handedOver(messageId);
  await makeOld(deployment, messageId);
  await expect(sweepNow(client)).resolves.toMatchObject({ polled: 1, deciding: 0 });
  await expect(sweepNow(client)).resolves.toMatchObject({ polled: 0 });
  await cancel(messageId);
});

test('starts a message that a crash left without a workflow, and no other twice', async () => {
  const database = createDatabase({
    url: deployment.environment['DATABASE_URL'] ?? '',
    poolMax: 1,
    applicationName: 'test',
  });
  const message = newMessage({ requestHash: requestHash({}), tenant: 'local' });
  const { messageId } = message;
  await createMessageStore(database).accept({ ...message, workflowId: workflowIdFor(messageId) });
  await database.destroy();
  await makeOld(deployment, messageId);

  await expect(sweepNow(client)).resolves.toMatchObject({ started: 1, notStarted: 0 });
  await until('the end', async () => (await client.workflow.getHandle(workflowIdFor(messageId)).result()) as object);
  await expect(sweepNow(client)).resolves.toMatchObject({ started: 0 });
});
