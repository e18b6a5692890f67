import { randomUUID } from 'node:crypto';
import { runCli } from '../../src/cli/run-cli';
import { messageIdFor } from '../../src/domain/message-id';
import { connectClient } from '../../src/temporal/connect-client';
import { ensureNamespace } from '../../src/temporal/namespace-setup';
import { addSearchAttributes } from '../../src/temporal/search-attribute-setup';
import { DEFAULT_TASK_QUEUE } from '../../workflows/contract';
import { testServices } from '../support/test-services';
import { type DeliveryHarness, startDeliveryHarness } from '../workflow/support/delivery-harness';
import { handedOver, receipt } from '../workflow/support/scripted-activities';

const TENANT = 'bookings';
const namespace = `send-${randomUUID()}`;

let harness: DeliveryHarness;
beforeAll(async () => {
  const connectionOptions = { address: testServices().temporalAddress };
  const { client, close } = connectClient({ namespace, connectionOptions }, []);
  await ensureNamespace(client);
  await addSearchAttributes(client);
  await close();
  harness = await startDeliveryHarness({ namespace, taskQueue: DEFAULT_TASK_QUEUE });
});
afterAll(() => harness.stop());

/** Sends by the command line, to a world in which everything is delivered; the workflow says what it was asked to send. */
async function send(...args: string[]) {
  const idempotencyKey = randomUUID();
  const messageId = messageIdFor(TENANT, idempotencyKey);
  harness.play(messageId, { send: () => handedOver((messageSid) => [receipt(messageSid, 'delivered')]) });
  const environment = {
    DATABASE_URL: 'postgres://127.0.0.1:1/none',
    TEMPORAL_ADDRESS: testServices().temporalAddress,
    TEMPORAL_NAMESPACE: namespace,
  };
  let output = '';
  const write = (text: string): void => void (output += text);
  const exitCode = await runCli(['send', ...args, '--tenant', TENANT, '--idempotency-key', idempotencyKey, '--wait'], {
    readEnvironment: () => environment,
    processEnvironment: environment,
    write,
    complain: write,
  });
  const [sent] = harness.callsOf(messageId).sendMessage;
  return { exitCode, output, request: sent?.message.request };
}

test('the options say all that a request can say', async () => {
  const sendAt = new Date(Date.now() + 500);
  const { exitCode, output, request } = await send(
    ...['+1 202 555 0123', 'Your table is ready.', '--from', '+12025550100', '--channel', 'whatsapp'],
    ...['--media', `ME${'a'.repeat(32)}`, '--category', 'marketing', '--policy', '{"maxAttempts":2}'],
    ...['--send-at', sendAt.toISOString(), '--time-to-live', '10m', '--time-zone', 'America/Denver'],
    ...['--ignore-quiet-hours', 'the guest has asked', '--callback-url', 'https://example.com/told'],
    ...['--metadata', 'order=4711', '--metadata', 'note=a=b'],
  );
  expect({ exitCode, output }).toEqual({
    exitCode: 0,
    output: expect.stringContaining('outcome  delivered: ') as string,
  });
  expect(request).toMatchObject({
    to: '+12025550123',
    from: '+12025550100',
    channel: 'whatsapp',
    content: { body: 'Your table is ready.', mediaSid: `ME${'a'.repeat(32)}` },
    category: 'marketing',
    policy: { maxAttempts: 2 },
    sendAt: sendAt.toISOString(),
    expiresAt: new Date(sendAt.getTime() + 600_000).toISOString(),
    timeZone: 'America/Denver',
    ignoreQuietHours: { reason: 'the guest has asked' },
    callbackUrl: 'https://example.com/told',
    metadata: { order: '4711', note: 'a=b' },
  });
});

test('a template takes the place of the text', async () => {
  const template = `HX${'b'.repeat(32)}`;
  const { request } = await send('+12025550123', '--template', template, '--variable', '1=Ann', '--variable', '2=');
  expect(request?.content).toEqual({ template: { contentSid: template, variables: { 1: 'Ann', 2: '' } } });
});

test('a moment that nobody can send at any more is refused in the name of its option', async () => {
  const past = new Date(Date.now() - 3_600_000).toISOString();
  const { exitCode, output, request } = await send('+12025550123', 'Hello', '--send-at', past);
  expect({ exitCode, request }).toEqual({ exitCode: 2, request: undefined });
  expect(output).toContain('--send-at is in the past: leave it out to send now');
});
