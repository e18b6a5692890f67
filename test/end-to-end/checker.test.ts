import { type Knex } from 'knex';
import { type CheckReport } from '../../src/checker/check-deployment';
import { type ViolationKind } from '../../src/checker/violation';
import { runCli } from '../../src/cli/run-cli';
import { createDatabase } from '../../src/database/client';
import { checkEvidence, expectNoViolations } from '../support/expect-no-violations';
import { testServices } from '../support/test-services';
import { until } from '../support/until';
import { type Deployment, startDeployment } from './support/deployment';

jest.setTimeout(120_000);

const WITHIN_MS = 30_000;

let deployment: Deployment;
let knex: Knex;
let delivered: string;
let refused: string;
let waiting: string;

beforeAll(async () => {
  deployment = await startDeployment();
  knex = createDatabase({ url: deployment.evidence.databaseUrl, poolMax: 1, applicationName: 'test' });
  const { control } = deployment.simulator;
  const script = { steps: [{ status: 'undelivered' as const, errorCode: 30005 }], webhooks: { copies: 2 } };
  control.scriptAddress({ address: '+12025550152', scripts: [{ messages: 'all', script }] });
  const silence = { steps: [{ status: 'sent' as const }] };
  control.scriptAddress({ address: '+12025550153', scripts: [{ messages: 'all', script: silence }] });
  [delivered, refused, waiting] = (await Promise.all(['1', '2', '3'].map((digit) => post(`+1202555015${digit}`)))) as [
    string,
    string,
    string,
  ];
  await Promise.all([deployment.closed(delivered), deployment.closed(refused)]);
  const sidOf = async () => (await show(waiting)).attempts[0]?.messageSid;
  await until('the third message to be sent', async () => typeof (await sidOf()) === 'string', WITHIN_MS);
  await control.whenIdle();
});
afterAll(async () => {
  await knex.destroy();
  await deployment.stop();
});

async function post(to: string): Promise<string> {
  const { body } = await deployment.api.request('POST', '/v1/messages', { to, body: 'Your parcel is at the door.' });
  return body.id;
}

const show = async (messageId: string) => (await deployment.api.request('GET', `/v1/messages/${messageId}`)).body;

/** Looks once, after a statement that breaks a promise, and undoes it. */
async function breaking(statement: string, undo: string, messageId: string): Promise<CheckReport> {
  await knex.raw(statement, { messageId });
  try {
    return await checkEvidence(deployment.evidence, 0);
  } finally {
    await knex.raw(undo, { messageId });
  }
}

test('what posthorn did breaks no promise, and everything was compared', async () => {
  await expectNoViolations(deployment.evidence);
  const { checked } = await checkEvidence(deployment.evidence);
  // Two receipts of the first, one of the second twice, one of the third; and onMessageAdded of each.
  expect(checked).toMatchObject({ messages: 3, underWay: 1, creates: 3, receipts: 3, workflows: 3 });
  expect(checked.webhooks).toBeGreaterThanOrEqual(8);
});

test.each<[ViolationKind, string, string, () => string]>([
  [
    'no_outcome',
    `update messages set status = 'sending', closed_at = null, outcome = null, request = request || jsonb_build_object('kept', outcome)
      where message_id = :messageId`,
    `update messages set status = 'closed', closed_at = now(), outcome = request -> 'kept', request = request - 'kept'
      where message_id = :messageId`,
    () => delivered,
  ],
  [
    'closed_but_running',
    `update messages set status = 'closed', closed_at = now(), outcome = '{"kind": "canceled", "channel": "sms", "attempt": 1}'
      where message_id = :messageId`,
    `update messages set status = 'awaiting_receipt', closed_at = null, outcome = null where message_id = :messageId`,
    () => waiting,
  ],
  [
    'outcome_disagrees',
    `update messages set outcome = outcome || '{"kind": "failed"}' where message_id = :messageId`,
    `update messages set outcome = outcome || '{"kind": "delivered"}' where message_id = :messageId`,
    () => delivered,
  ],
  [
    'sid_not_stored',
    `update attempts set message_sid = reverse(message_sid) where message_id = :messageId`,
    `update attempts set message_sid = reverse(message_sid) where message_id = :messageId`,
    () => refused,
  ],
  [
    'message_without_request',
    `update attempts set number = 9 where message_id = :messageId`,
    `update attempts set number = 1 where message_id = :messageId`,
    () => delivered,
  ],
  [
    'receipt_not_stored',
    `update delivery_events set error_code = 30003
      where message_sid = (select message_sid from attempts where message_id = :messageId)`,
    `update delivery_events set error_code = 30005
      where message_sid = (select message_sid from attempts where message_id = :messageId)`,
    () => refused,
  ],
])('%s is read from real tables', async (kind, statement, undo, messageIdOf) => {
  const messageId = messageIdOf();
  const { violations } = await breaking(statement, undo, messageId);
  expect(violations).toContainEqual(expect.objectContaining({ kind, messageId }));
});

test('an opt-out that was in the ledger before the message was sent', async () => {
  // What no part of posthorn does: a statement that is older than the send and was not heeded.
  await knex.raw(
    `insert into opt_out_history (address, opted_out, source, evidence, actor, at, recorded_at)
      select recipient, true, 'api', 'planted', 'tests', started_at - interval '1 minute', started_at - interval '1 minute'
      from attempts where message_id = :delivered`,
    { delivered },
  );
  const { violations } = await checkEvidence(deployment.evidence, 0);
  expect(violations).toEqual([expect.objectContaining({ kind: 'sent_after_opt_out', messageId: delivered })]);
});

test('an id that was answered 202 and is not there', async () => {
  const acceptedMessageIds = [...deployment.evidence.acceptedMessageIds, 'msg_lost'];
  const { violations } = await checkEvidence({ ...deployment.evidence, acceptedMessageIds }, 0);
  expect(violations).toContainEqual(expect.objectContaining({ kind: 'accepted_not_stored', messageId: 'msg_lost' }));
});

test('the command line lists what it found and ends with 1', async () => {
  const { databaseUrl: DATABASE_URL, logFile, namespace: TEMPORAL_NAMESPACE } = deployment.evidence;
  const environment = { DATABASE_URL, TEMPORAL_NAMESPACE, TEMPORAL_ADDRESS: testServices().temporalAddress };
  let written = '';
  const context = {
    readEnvironment: () => environment,
    processEnvironment: {},
    write: (text: string) => void (written += text),
    complain: () => undefined,
  };
  expect(await runCli(['check', '--log', logFile], context)).toBe(1);
  expect(written).toContain('sent_after_opt_out');
  expect(written).toContain('Violations: 1.');
  expect(written).not.toContain('+1202');
  written = '';
  expect(await runCli(['check', '--log', logFile, '--json'], context)).toBe(1);
  expect(JSON.parse(written)).toMatchObject({
    checked: { messages: 3 },
    violations: [{ kind: 'sent_after_opt_out', messageId: delivered }],
  });
});
