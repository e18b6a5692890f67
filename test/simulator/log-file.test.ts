import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import twilio from 'twilio';
import { readLog } from '../../src/checker/read-log';
import { addressHash } from '../../src/simulator/logs/address-hash';
import { type LogEntry } from '../../src/simulator/logs/log-entry';
import { startSimulator } from '../../src/simulator/start-simulator';
import { sendWebhooksTo } from './support/configure';
import { ACCOUNT_SID, AUTH_TOKEN, PERSON, SENDER, SERVICE_SID } from './support/identifiers';
import { RedirectedRequestClient } from './support/redirected-request-client';
import { useSimulator } from './support/use-simulator';
import { useWebhookReceiver } from './support/use-webhook-receiver';

const TEXT = 'Your parcel is at the door';

let folder: string;
let logFile: string;
// Before the simulators of the tests.
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'posthorn-log-'));
  logFile = path.join(folder, 'simulator.jsonl');
});
const fixture = useSimulator(() => ({ logFile }));
const receiver = useWebhookReceiver();
afterEach(() => rmSync(folder, { recursive: true }));

const control = () => fixture.simulator().control;

async function send(attributes = '{}'): Promise<{ conversationSid: string; messageSid: string }> {
  const conversationSid = await fixture.conversationWith();
  const { messages } = fixture.service().conversations(conversationSid);
  const { sid: messageSid } = await messages.create({ body: TEXT, attributes });
  await control().whenIdle();
  return { conversationSid, messageSid };
}

async function entriesOf<Kind extends LogEntry['kind']>(kind: Kind): Promise<Extract<LogEntry, { kind: Kind }>[]> {
  const isKind = (entry: LogEntry): entry is Extract<LogEntry, { kind: Kind }> => entry.kind === kind;
  return (await readLog(logFile)).filter(isKind);
}

test('has what was accepted, with its key and its recipients, and each status of their receipts', async () => {
  const attributes = JSON.stringify({ posthorn: { messageId: 'msg_1', attempt: 2 } });
  const { conversationSid, messageSid } = await send(attributes);
  const [accepted] = await entriesOf('message.accepted');
  expect(accepted).toMatchObject({ conversationSid, messageSid, attributes });
  const [recipient] = accepted?.recipients ?? [];
  const { deliveryReceiptSid, participantSid } = recipient ?? {};
  expect(recipient).toMatchObject({ channel: 'sms', address: addressHash(PERSON), proxyAddress: addressHash(SENDER) });
  const about = { conversationSid, messageSid, deliveryReceiptSid, participantSid };
  expect(await entriesOf('receipt.changed')).toMatchObject([
    { ...about, status: 'sent', errorCode: null },
    { ...about, status: 'delivered', errorCode: null },
  ]);
  await fixture.service().conversations(conversationSid).update({ state: 'closed' });
  await fixture.service().conversations(conversationSid).remove();
  const kinds = (await readLog(logFile)).map(({ kind }) => kind);
  expect(kinds).toEqual([
    'log.opened',
    'conversation.created',
    'participant.added',
    'message.accepted',
    'receipt.changed',
    'receipt.changed',
    'conversation.state_changed',
    'conversation.deleted',
  ]);
});

test('says of each webhook how it was answered, of each copy too, and which were dropped or failed', async () => {
  await sendWebhooksTo(fixture.simulator().url, receiver.origin(), ['onDeliveryUpdated']);
  const steps = [{ status: 'undelivered' as const, errorCode: 30005 }];
  control().scriptAddress({
    address: PERSON,
    scripts: [
      { messages: 1, script: { steps, webhooks: { copies: 2 } } },
      { messages: 1, script: { steps, webhooks: { drop: true } } },
    ],
  });
  const { conversationSid, messageSid } = await send();
  const told = { eventType: 'onDeliveryUpdated', messageSid, status: 'undelivered', errorCode: 30005, httpStatus: 200 };
  const answered = await entriesOf('webhook.answered');
  expect(answered.sort((a, b) => a.copy - b.copy)).toMatchObject([
    { ...told, copy: 1 },
    { ...told, copy: 2 },
  ]);
  await fixture.service().conversations(conversationSid).messages.create({ body: TEXT });
  await control().whenIdle();
  expect(await entriesOf('webhook.dropped')).toMatchObject([{ status: 'undelivered' }]);

  receiver.answerWith(503);
  await control().updateReceipt({ messageSid, status: 'delivered' });
  expect(await entriesOf('webhook.failed')).toMatchObject([{ messageSid, status: 'delivered', httpStatus: 503 }]);
});

test('of what people write it has the class alone', async () => {
  await send();
  for (const body of ['STOP', 'start', 'I am at home']) {
    control().receiveInbound({ from: PERSON, to: SENDER, body });
  }
  expect((await entriesOf('message.received')).map(({ word }) => word)).toEqual(['stop', 'start', null]);
  const pair = { channel: 'sms', address: addressHash(PERSON), proxyAddress: addressHash(SENDER) };
  expect(await entriesOf('opt_out.recorded')).toMatchObject([pair]);
  expect(await entriesOf('opt_out.lifted')).toMatchObject([pair]);
});

test('has no text and no address, and nobody else may read it', async () => {
  await sendWebhooksTo(fixture.simulator().url, receiver.origin(), [
    'onMessageAdded',
    'onDeliveryUpdated',
    'onParticipantAdded',
  ]);
  await send();
  control().receiveInbound({ from: PERSON, to: SENDER, body: 'I am at home' });
  await control().whenIdle();
  const log = readFileSync(logFile, 'utf8');
  for (const secret of [PERSON, SENDER, TEXT, 'at home', 'STOP', receiver.origin()]) {
    expect(log).not.toContain(secret);
  }
  expect(statSync(logFile).mode & 0o777).toBe(0o600);
});

test('a create is dated by its arrival, not by the end of what held it up', async () => {
  const conversationSid = await fixture.conversationWith();
  const effect = { kind: 'slow' as const, delayMs: 300 };
  control().addFault({ operation: 'messages.create', requests: 1, when: 'before', effect });
  await fixture.service().conversations(conversationSid).messages.create({ body: TEXT });
  const [accepted] = await entriesOf('message.accepted');
  expect(Date.parse(accepted?.at ?? '') - Date.parse(accepted?.requestedAt ?? '')).toBeGreaterThanOrEqual(290);
});

test('a second simulator adds to the file, and one that was stopped does not', async () => {
  await send();
  await fixture.simulator().stop();
  const before = (await readLog(logFile)).length;
  const account = { accountSid: ACCOUNT_SID, authToken: AUTH_TOKEN, serviceSid: SERVICE_SID };
  const second = await startSimulator({ ...account, logFile });
  await second.stop();
  expect((await readLog(logFile)).slice(before)).toMatchObject([{ kind: 'log.opened' }]);
});

test('a simulator whose log cannot be written does not start', async () => {
  const account = { accountSid: ACCOUNT_SID, authToken: AUTH_TOKEN, serviceSid: SERVICE_SID };
  const nowhere = path.join(folder, 'no', 'simulator.jsonl');
  await expect(startSimulator({ ...account, logFile: nowhere })).rejects.toThrow(/ENOENT.*no\/simulator\.jsonl/);
});

test('what was answered is in the file, however the process ends', async () => {
  const file = path.join(folder, 'process.jsonl');
  const child = startProcess(file);
  try {
    const httpClient = new RedirectedRequestClient(await urlOf(child), 10_000);
    const service = twilio(ACCOUNT_SID, AUTH_TOKEN, { httpClient }).conversations.v1.services(SERVICE_SID);
    const { sid: conversationSid } = await service.conversations.create({});
    const { messages } = service.conversations(conversationSid);
    const created = await Promise.all(Array.from({ length: 50 }, () => messages.create({ body: TEXT })));
    child.kill('SIGKILL');
    await once(child, 'exit');
    const accepted = (await readLog(file)).filter(({ kind }) => kind === 'message.accepted');
    expect(accepted.map((entry) => 'messageSid' in entry && entry.messageSid).sort()).toEqual(
      created.map(({ sid: messageSid }) => messageSid).sort(),
    );
  } finally {
    child.kill('SIGKILL');
  }
});

function startProcess(file: string): ChildProcess {
  return spawn(process.execPath, ['--import', 'tsx', path.join(__dirname, '../../src/simulator/main.ts')], {
    env: {
      PATH: process.env.PATH ?? '',
      SIMULATOR_PORT: '0',
      SIMULATOR_LOG_FILE: file,
      TWILIO_ACCOUNT_SID: ACCOUNT_SID,
      TWILIO_AUTH_TOKEN: AUTH_TOKEN,
      TWILIO_CONVERSATIONS_SERVICE_SID: SERVICE_SID,
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
}

async function urlOf({ stdout }: ChildProcess): Promise<string> {
  for await (const line of stdout ?? []) {
    return /http:\/\/\S+/.exec(String(line))?.[0] ?? '';
  }
  return '';
}
