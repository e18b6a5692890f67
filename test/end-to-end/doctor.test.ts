import { type Environment } from '../../src/config/environment';
import { MIGRATION_TABLE } from '../../src/database/migrate';
import { MIGRATIONS } from '../../src/database/migrations';
import { type DoctorReport } from '../../src/doctor/report';
import { accountFromEnvironment } from '../../src/simulator/account/account-from-environment';
import { silentScript } from '../../src/simulator/delivery/preset-scripts';
import { missingSearchAttributes } from '../../src/temporal/search-attribute-setup';
import { SWEEP_SCHEDULE_ID } from '../../src/temporal/sweep-schedule';
import { until } from '../support/until';
import { type DoctorStage, setWebhooks, startDoctorStage } from './support/doctor-stage';
import { startProcess } from './support/service-process';

jest.setTimeout(180_000);

const LAST_MIGRATION = MIGRATIONS.at(-1)?.name ?? '';

let stage: DoctorStage;
beforeAll(async () => {
  stage = await startDoctorStage();
});
afterAll(() => stage.stop());

function notGreen({ checks }: DoctorReport): string[] {
  return checks
    .filter(({ status }) => status === 'red' || status === 'yellow')
    .map(({ name, status }) => `${status} ${name}`);
}

it('is green for a deployment as it should be, with nothing left out', async () => {
  const report = await until('pollers on every task queue', async () => {
    const found = await stage.examine();
    return notGreen(found).includes('red task-queues') ? undefined : found;
  });
  expect(report.checks.filter(({ status }) => status !== 'green')).toEqual([]);
  expect(report).toMatchObject({ status: 'green', changed: [] });
});

/** A fault, how it is planted, and the only finding that it may cause. */
interface Fault {
  readonly fault: string;
  readonly finding: string;
  /** In place of what is configured. */
  readonly environment?: () => Environment;
  readonly plant?: () => unknown;
  readonly undo?: () => unknown;
  /** What the finding says. */
  readonly says: RegExp;
}

const control = () => stage.deployment.simulator.control;
const account = () => accountFromEnvironment(stage.deployment.environment);
const rightAccount = () => control().changeAccount({ ...account(), status: 'active', type: 'Full', clockOffsetMs: 0 });
const otherSid = (prefix: string): string => prefix + 'f'.repeat(32);
const webhookForm = (form: Readonly<Record<string, string>>) => setWebhooks(stage.deployment, 'service', form);
const schedule = () => stage.temporal.schedule.getHandle(SWEEP_SCHEDULE_ID);

const faults: readonly Fault[] = [
  {
    fault: 'an identifier of another kind',
    finding: 'red configuration',
    environment: () => ({ TWILIO_APPLICATION_SID: otherSid('CN') }),
    says: /^TWILIO_APPLICATION_SID is CN…, .*connect app.*starts with AP/,
  },
  {
    fault: 'two wrong variables',
    finding: 'red configuration',
    environment: () => ({ TWILIO_FROM: '0123', POSTHORN_SWEEP_INTERVAL: 'often', TWILIO_MESSAGING_SERVICE_SID: '' }),
    says: /^TWILIO_FROM .*\nPOSTHORN_SWEEP_INTERVAL is not a duration/,
  },
  {
    fault: 'the secret of another API key',
    finding: 'red credentials',
    environment: () => ({ TWILIO_API_KEY_SECRET: 'another' }),
    says: /does not accept/,
  },
  {
    fault: 'a suspended account',
    finding: 'red account',
    plant: () => control().changeAccount({ status: 'suspended' }),
    undo: rightAccount,
    says: /is suspended/,
  },
  {
    fault: 'a trial account',
    finding: 'yellow account',
    plant: () => control().changeAccount({ type: 'Trial' }),
    undo: rightAccount,
    says: /trial/,
  },
  {
    fault: 'an auth token of another account',
    finding: 'red auth-token',
    environment: () => ({ TWILIO_AUTH_TOKEN: 'another' }),
    says: /is not the account's auth token/,
  },
  {
    fault: 'an old auth token that was kept',
    finding: 'yellow auth-token',
    environment: () => ({ TWILIO_AUTH_TOKEN: `${stage.deployment.credentials.twilio.authToken},old` }),
    says: /^Entry 2/,
  },
  {
    fault: 'a clock that is ten minutes off',
    finding: 'red clock',
    plant: () => control().changeAccount({ clockOffsetMs: 600_000 }),
    undo: rightAccount,
    says: /(599|600|601) s behind Twilio's/,
  },
  {
    fault: 'a conversation service of another account',
    finding: 'red conversation-service',
    environment: () => ({ TWILIO_CONVERSATIONS_SERVICE_SID: otherSid('IS') }),
    says: /no conversation service/,
  },
  {
    fault: 'webhooks that go elsewhere',
    finding: 'red webhooks',
    plant: () => webhookForm({ PostWebhookUrl: 'https://elsewhere.example.com/hook' }),
    undo: () => stage.configureWebhooks(),
    says: /- PostWebhookUrl=https:\/\/elsewhere\.example\.com\/hook\n\+ PostWebhookUrl=http.*\/webhooks\/twilio\/conversations$/,
  },
  {
    fault: 'webhooks by GET',
    finding: 'red webhooks',
    plant: () => webhookForm({ Method: 'GET' }),
    undo: () => stage.configureWebhooks(),
    says: /- Method=GET\n\+ Method=POST$/,
  },
  {
    fault: 'no webhooks of receipts',
    finding: 'red webhooks',
    plant: () => webhookForm({ Filters: 'onMessageAdded' }),
    undo: () => stage.configureWebhooks(),
    says: /differ:\n\+ Filters=onDeliveryUpdated$/,
  },
  {
    fault: 'a pre-action URL',
    finding: 'yellow pre-action-webhook',
    plant: () => webhookForm({ PreWebhookUrl: 'https://elsewhere.example.com/gate' }),
    undo: () => webhookForm({ PreWebhookUrl: '' }),
    says: /has a pre-action URL, https:\/\/elsewhere/,
  },
  {
    fault: 'webhooks at account level',
    finding: 'yellow account-webhooks',
    plant: () =>
      setWebhooks(stage.deployment, 'account', {
        PostWebhookUrl: `${stage.front.url}/webhooks/twilio/conversations`,
      }),
    undo: () => setWebhooks(stage.deployment, 'account', { PostWebhookUrl: '' }),
    says: /lead to posthorn too/,
  },
  {
    fault: 'a messaging service that is gone',
    finding: 'red messaging-service',
    plant: () => control().changeAccount({ messagingServices: [] }),
    undo: rightAccount,
    says: /no messaging service/,
  },
  {
    fault: 'a sender pool without the sender',
    finding: 'yellow messaging-senders',
    plant: () => control().changeAccount({ messagingServices: poolOf('+12025550102') }),
    undo: rightAccount,
    says: /TWILIO_FROM is not in the sender pool/,
  },
  {
    fault: 'an empty sender pool',
    finding: 'red messaging-senders',
    plant: () => control().changeAccount({ messagingServices: poolOf() }),
    undo: rightAccount,
    says: /no number in its sender pool/,
  },
  {
    fault: 'inbound messages that go elsewhere',
    finding: 'red messaging-inbound',
    plant: () => changeService({ inboundRequestUrl: 'https://elsewhere.example.com/sms' }),
    undo: rightAccount,
    says: /by POST to https:\/\/elsewhere/,
  },
  {
    fault: 'inbound messages that are left to the number',
    finding: 'red messaging-inbound',
    plant: () => changeService({ useInboundWebhookOnNumber: true }),
    undo: rightAccount,
    says: /leaves inbound messages to the URL of each number/,
  },
  {
    fault: 'opt-outs narrower than those of the messaging service',
    finding: 'yellow opt-out-scope',
    environment: () => ({ POSTHORN_OPT_OUT_ERROR_CODES: '21610:sender' }),
    says: /21610/,
  },
  {
    fault: 'replies that Twilio may give as well',
    finding: 'yellow word-replies',
    environment: () => ({ POSTHORN_WORD_REPLIES: '{"en":{"stop":"You will hear nothing more."}}' }),
    says: /replies to words/,
  },
  {
    fault: 'a sender without SMS',
    finding: 'red sms-sender',
    plant: () => changeNumber('+12025550100', { sms: false }),
    undo: rightAccount,
    says: /cannot send SMS/,
  },
  {
    fault: 'a sender without MMS',
    finding: 'yellow sms-sender',
    plant: () => changeNumber('+12025550100', { mms: false }),
    undo: rightAccount,
    says: /no MMS/,
  },
  {
    fault: 'a caller without voice',
    finding: 'red voice-sender',
    plant: () => changeNumber('+12025550102', { voice: false }),
    undo: rightAccount,
    says: /cannot make calls/,
  },
  {
    fault: 'a caller of somebody else',
    finding: 'red voice-sender',
    environment: () => ({ TWILIO_VOICE_FROM: '+12025550199' }),
    says: /not a number of the account/,
  },
  {
    fault: 'a WhatsApp sender that is offline',
    finding: 'red whatsapp-sender',
    plant: () => control().changeAccount({ whatsAppSenders: [{ phoneNumber: '+12025550101', status: 'OFFLINE' }] }),
    undo: rightAccount,
    says: /not online, but OFFLINE/,
  },
  {
    fault: 'a WhatsApp sender that is none',
    finding: 'red whatsapp-sender',
    plant: () => control().changeAccount({ whatsAppSenders: [] }),
    undo: rightAccount,
    says: /not a WhatsApp sender/,
  },
  {
    fault: 'an application of another account',
    finding: 'red application',
    environment: () => ({ TWILIO_APPLICATION_SID: otherSid('AP') }),
    says: /no application/,
  },
  {
    fault: 'an application that leads elsewhere',
    finding: 'yellow application',
    plant: () => changeApplication({ voiceUrl: 'https://elsewhere.example.com/voice' }),
    undo: rightAccount,
    says: /VoiceUrl is POST https:\/\/elsewhere/,
  },
  {
    fault: 'a conductor that is no connect app of the account',
    finding: 'yellow conductor',
    environment: () => ({ TWILIO_CONDUCTOR_SID: otherSid('CN') }),
    says: /no connect app/,
  },
  {
    fault: 'somebody else at the public address',
    finding: 'red signature',
    plant: () => stage.front.answerAll(200),
    undo: () => stage.front.forwardTo(stage.deployment.apiUrl),
    says: /wrongly signed webhook with 200, not with 403/,
  },
  {
    fault: 'a proxy that does not pass webhooks on',
    finding: 'red signature',
    plant: () => stage.front.answerAll(502),
    undo: () => stage.front.forwardTo(stage.deployment.apiUrl),
    says: /answers a signed webhook with 502/,
  },
  {
    fault: 'an API with another auth token or address',
    finding: 'red signature',
    plant: () => stage.front.answerAll(403),
    undo: () => stage.front.forwardTo(stage.deployment.apiUrl),
    says: /refuses a webhook that was signed/,
  },
  {
    fault: 'no Temporal',
    finding: 'red temporal',
    environment: () => ({ TEMPORAL_ADDRESS: '127.0.0.1:1' }),
    says: /could not be checked/,
  },
  {
    fault: 'another namespace',
    finding: 'red temporal-namespace',
    environment: () => ({ TEMPORAL_NAMESPACE: 'nowhere' }),
    says: /no namespace nowhere/,
  },
  {
    fault: 'a sweep that is paused',
    finding: 'yellow sweep-schedule',
    plant: () => schedule().pause('maintenance'),
    undo: () => schedule().unpause(),
    says: /paused \("maintenance"\)/,
  },
  {
    fault: 'a sweep with another interval',
    finding: 'yellow sweep-schedule',
    environment: () => ({ POSTHORN_SWEEP_INTERVAL: '5m' }),
    says: /every 30 s, not every 300 s/,
  },
  {
    fault: 'no encryption',
    finding: 'yellow encryption',
    environment: () => ({ POSTHORN_ENCRYPTION_KEYS: '' }),
    says: /is not set/,
  },
  {
    fault: 'no Postgres',
    finding: 'red postgres',
    environment: () => ({ DATABASE_URL: 'postgres://posthorn@127.0.0.1:1/posthorn' }),
    says: /could not be checked/,
  },
  {
    fault: 'a database that takes no writes',
    finding: 'red postgres',
    plant: () => stage.sql('alter database posthorn set default_transaction_read_only to on'),
    undo: () =>
      stage.sql('set transaction_read_only to off; alter database posthorn reset default_transaction_read_only'),
    says: /read-only/,
  },
  {
    fault: 'a migration that is missing',
    finding: 'red migrations',
    plant: () => stage.sql(`update ${MIGRATION_TABLE} set name = 'kept' where name = '${LAST_MIGRATION}'`),
    undo: () => stage.sql(`update ${MIGRATION_TABLE} set name = '${LAST_MIGRATION}' where name = 'kept'`),
    says: /lacks migration/,
  },
  {
    fault: 'commits that are answered before they are on disk',
    finding: 'red postgres-settings',
    plant: () => stage.sql('alter database posthorn set synchronous_commit to off'),
    undo: () => stage.sql('alter database posthorn reset synchronous_commit'),
    says: /synchronous_commit=off/,
  },
  {
    fault: 'another isolation',
    finding: 'yellow postgres-settings',
    plant: () => stage.sql("alter database posthorn set default_transaction_isolation to 'serializable'"),
    undo: () => stage.sql('alter database posthorn reset default_transaction_isolation'),
    says: /serializable/,
  },
  {
    fault: 'fewer connections than the pools take',
    finding: 'red postgres-connections',
    plant: () => stage.sql('alter database posthorn connection limit 29'),
    undo: () => stage.sql('alter database posthorn connection limit -1'),
    says: /may have 29 connections/,
  },
  {
    fault: 'a callback secret for nobody',
    finding: 'yellow callback-secrets',
    environment: () => ({
      POSTHORN_CALLBACK_SECRETS: `${stage.deployment.environment['POSTHORN_CALLBACK_SECRETS']},acem:whsec_${'A'.repeat(32)}`,
    }),
    says: /without an API key: acem/,
  },
  {
    fault: 'no search attributes',
    finding: 'red search-attributes',
    plant: () => removeSearchAttribute(),
    undo: () => stage.run(['setup']),
    says: /lacks PosthornChannel/,
  },
];

describe('names a planted fault, and nothing else', () => {
  it.each(faults)('$fault: $finding', async ({ environment, finding, plant, says, undo }) => {
    await plant?.();
    try {
      const report = await stage.examine(environment?.());
      expect(notGreen(report)).toEqual([finding]);
      const found = report.checks.find(({ name }) => name === finding.split(' ')[1]);
      expect(found).toEqual({
        name: expect.any(String) as string,
        status: finding.split(' ')[0],
        what: expect.stringMatching(says) as string,
        why: expect.stringMatching(/\w/) as string,
        remedy: expect.stringMatching(/\w/) as string,
      });
    } finally {
      await undo?.();
    }
  });

  it('and is green again afterwards', async () => {
    expect(notGreen(await stage.examine())).toEqual([]);
  });
});

describe('--fix', () => {
  const wrong = { Method: 'GET', PostWebhookUrl: 'https://elsewhere.example.com/hook', Filters: 'onConversationAdded' };

  it('sets URL, method and filters, shows what it changed, and the next run is green', async () => {
    await webhookForm(wrong);
    const fixed = await stage.run(['doctor', '--fix', '--yes']);
    expect(fixed.exitCode).toBe(0);
    expect(fixed.written).toContain('- PostWebhookUrl=https://elsewhere.example.com/hook');
    expect(fixed.written).toMatch(/\ngreen: 0 red, 0 yellow/);
    expect(notGreen(await stage.examine())).toEqual([]);
  });

  it('asks first, and changes nothing without a yes', async () => {
    await webhookForm(wrong);
    const refused = await stage.run(['doctor', '--fix', '--json'], {}, 'n\n');
    expect(refused.complained).toMatch(/- Method=GET\n {2}\+ Method=POST\n.*\[y\/N\]/s);
    expect(JSON.parse(refused.written)).toMatchObject({ status: 'red', changed: [] });
    const silent = await stage.run(['doctor', '--fix', '--json']);
    expect(JSON.parse(silent.written)).toMatchObject({ status: 'red', changed: [] });

    const agreed = await stage.run(['doctor', '--fix', '--json'], {}, 'y\n');
    expect(JSON.parse(agreed.written)).toMatchObject({
      status: 'green',
      changed: expect.arrayContaining(['- Method=GET', '+ Method=POST']) as string[],
    });
  });

  it('leaves a pre-action URL to its owner', async () => {
    await webhookForm({ ...wrong, PreWebhookUrl: 'https://elsewhere.example.com/gate' });
    const fixed = await stage.run(['doctor', '--fix', '--yes', '--json']);
    expect(notGreen(JSON.parse(fixed.written) as DoctorReport)).toEqual(['yellow pre-action-webhook']);
    await webhookForm({ PreWebhookUrl: '' });
  });
});

it('posthorn webhooks show and apply do that part alone', async () => {
  // They need neither Postgres nor Temporal.
  const alone = { DATABASE_URL: '', TEMPORAL_ADDRESS: '' };
  expect(await stage.run(['webhooks', 'show'], alone)).toMatchObject({ exitCode: 0 });

  await webhookForm({ Method: 'GET' });
  expect(await stage.run(['webhooks', 'show'], alone)).toMatchObject({
    exitCode: 1,
    written: '- Method=GET\n+ Method=POST\n',
  });
  expect(await stage.run(['webhooks', 'apply'], alone, 'no\n')).toMatchObject({ exitCode: 1 });
  expect(await stage.run(['webhooks', 'apply', '--yes'], alone)).toMatchObject({ exitCode: 0 });
  expect(JSON.parse((await stage.run(['webhooks', 'show', '--json'], alone)).written)).toMatchObject({
    actual: { method: 'POST' },
    differences: [],
  });
  expect(await stage.run(['webhooks', 'apply'], { ...alone, PUBLIC_BASE_URL: 'nonsense' })).toMatchObject({
    exitCode: 78,
    complained: expect.stringMatching(/^ {2}PUBLIC_BASE_URL is not a base URL/m) as string,
  });
});

it("shows who is in a conversation, and which of their calls are posthorn's", async () => {
  const { deployment } = stage;
  const accepted = await deployment.api.request('POST', '/v1/messages', { to: '+12025550123', body: 'Hello' });
  const { attempts } = await deployment.closed(accepted.body.id);
  const conversationSid = attempts[0]?.conversationSid ?? '';

  const { exitCode, written } = await stage.run(['doctor', '--conversation', conversationSid]);
  expect(exitCode).toBe(0);
  expect(written).toMatch(new RegExp(`conversation: ${conversationSid} is active and has 1 participants`));
  expect(written).toMatch(/participant MB[0-9a-f]{32}: sms \+1 202[- •]*23 by \+1 202[- •]*00/);

  const unknown = await stage.run(['doctor', '--conversation', otherSid('CH')]);
  expect(unknown).toMatchObject({
    exitCode: 1,
    written: expect.stringContaining('has no conversation CHfff') as string,
  });
  expect(await stage.run(['doctor', '--conversation', otherSid('CA')])).toMatchObject({
    exitCode: 2,
    complained: expect.stringMatching(/a conversation SID starts with CH/) as string,
  });
});

it("tells posthorn's calls in a conversation from those of others, as trace does", async () => {
  const { api, credentials, environment, simulator } = stage.deployment;
  const to = '+12025550124';
  simulator.control.scriptAddress({ address: to, scripts: [{ messages: 'all', script: silentScript() }] });
  const script = { fate: { kind: 'human' }, secondMs: 1 } as const;
  simulator.control.scriptCalls({ to, scripts: [{ calls: 'all', script }] });
  const policy = { deliveryTimeout: '200ms', escalation: [{ channel: 'voice', ringTimeout: '5s' }] };
  const accepted = await api.request('POST', '/v1/messages', { to, body: 'Cold!', category: 'security', policy });
  const [text] = (await stage.deployment.closed(accepted.body.id)).attempts;
  const [own] = simulator.control.calls({ to });
  const stray = await fetch(`${simulator.url}/2010-04-01/Accounts/${credentials.twilio.accountSid}/Calls.json`, {
    method: 'POST',
    headers: {
      authorization: `Basic ${Buffer.from(`${credentials.twilio.accountSid}:${credentials.twilio.authToken}`).toString('base64')}`,
    },
    body: new URLSearchParams({ To: to, From: environment['TWILIO_VOICE_FROM'] ?? '', Twiml: '<Response/>' }),
  });
  const { sid: strayCallSid } = (await stray.json()) as { readonly sid: string };
  await simulator.control.whenIdle();

  const { written } = await stage.run(['doctor', '--conversation', text?.conversationSid ?? '', '--json']);
  const { checks } = JSON.parse(written) as DoctorReport;
  const { status, what = '' } = checks.find(({ name }) => name === 'conversation') ?? {};
  expect(status).toBe('yellow');
  expect(what).toMatch(new RegExp(`^call ${own?.callSid}: completed .*; posthorn's$`, 'm'));
  expect(what).toMatch(new RegExp(`^call ${strayCallSid}: completed .*; unknown to posthorn$`, 'm'));
  expect(await stage.run(['trace', own?.callSid ?? ''])).toMatchObject({
    exitCode: 0,
    written: expect.stringContaining(`workflow  deliver-${accepted.body.id}`) as string,
  });
  expect(await stage.run(['trace', strayCallSid])).toMatchObject({
    exitCode: 1,
    complained: expect.stringMatching(/posthorn did not place it/) as string,
  });
});

it('is a command of its own that ends by itself', async () => {
  const { environment } = stage.deployment;
  const good = startProcess('cli/main', environment, ['doctor']);
  expect([await good.ended, good.output()]).toEqual([0, expect.stringMatching(/\ngreen: 0 red, 0 yellow/) as string]);
  const bad = startProcess('cli/main', { ...environment, TWILIO_API_KEY_SID: otherSid('AC') }, ['doctor', '--json']);
  expect(await bad.ended).toBe(1);
  expect(notGreen(JSON.parse(bad.output()) as DoctorReport)).toEqual(['red configuration']);
});

it('changes nothing by its self-test, and leaves a trace of it', async () => {
  await stage.examine();
  const traced = await until('the traces of the self-test', async () => {
    const { written } = await stage.run(['webhooks', '--limit', '2', '--json']);
    const { webhooks } = JSON.parse(written) as { webhooks: Record<string, unknown>[] };
    return webhooks.length === 2 ? webhooks : undefined;
  });
  expect(traced).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ verdict: 'ignored', effect: 'nothing', event: 'onPosthornSelfTest' }),
      expect.objectContaining({ verdict: 'refused_signature', effect: 'nothing' }),
    ]),
  );
});

it('says that no worker runs once it has stopped', async () => {
  await stage.deployment.workerProcess.stop();
  // The server remembers pollers for a while; two minutes later they count as gone.
  const later = Date.now() + 121_000;
  const clock = jest.spyOn(Date, 'now').mockImplementation(() => later);
  const report = await stage.examine().finally(() => clock.mockRestore());
  const found = report.checks.find(({ name }) => name === 'task-queues');
  expect(found).toMatchObject({
    status: 'red',
    what: 'No worker polls posthorn, posthorn-twilio, posthorn-callbacks.',
  });
});

function poolOf(...phoneNumbers: readonly string[]) {
  return (account().messagingServices ?? []).map((service) => ({ ...service, phoneNumbers: [...phoneNumbers] }));
}

function changeService(change: object): void {
  const messagingServices = (account().messagingServices ?? []).map((service) => ({ ...service, ...change }));
  control().changeAccount({ messagingServices });
}

function changeNumber(phoneNumber: string, change: object): void {
  const numbers = (account().numbers ?? []).map((owned) =>
    owned.phoneNumber === phoneNumber ? { ...owned, ...change } : owned,
  );
  control().changeAccount({ numbers });
}

function changeApplication(change: object): void {
  const applications = (account().applications ?? []).map((application) => ({ ...application, ...change }));
  control().changeAccount({ applications });
}

async function removeSearchAttribute(): Promise<void> {
  const { namespace } = stage.temporal.options;
  await stage.temporal.connection.operatorService.removeSearchAttributes({
    namespace,
    searchAttributes: ['PosthornChannel'],
  });
  await until('the search attribute to be gone', async () => {
    const missing = await missingSearchAttributes(stage.temporal);
    return missing.length > 0 ? missing : undefined;
  });
}
