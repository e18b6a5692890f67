import { randomInt } from 'node:crypto';
import { type Outcome } from '../../src/domain/outcome';
import { type CallScriptInput } from '../../src/simulator/calls/call-script';
import { deliveredScript, silentScript } from '../../src/simulator/delivery/preset-scripts';
import { signForm } from '../../src/twilio/sign-form';
import { voiceCallbackUrl } from '../../src/twilio/voice-callback';
import { expectNoViolations } from '../support/expect-no-violations';
import { until } from '../support/until';
import { type Deployment, startDeployment } from './support/deployment';
import { type ServiceProcess, startProcess } from './support/service-process';

jest.setTimeout(240_000);

const CALLER = '+12025550102';
const WITHIN_MS = 60_000;

const CONDUCTOR_SID = `CN${'7'.repeat(32)}`;
const APPLICATION_SID = `AP${'8'.repeat(32)}`;

let deployment: Deployment;
/** Those that took the place of one that was killed. */
const workers: ServiceProcess[] = [];
beforeAll(async () => {
  const variables = {
    TWILIO_VOICE_FROM: CALLER,
    TWILIO_APPLICATION_SID: APPLICATION_SID,
    TWILIO_CONDUCTOR_SID: CONDUCTOR_SID,
  };
  deployment = await startDeployment({ variables });
});
afterAll(async () => {
  await Promise.all(workers.map((worker) => worker.stop()));
  // Whatever was played: one call for each attempt, none after an opt-out, one outcome each.
  await expectNoViolations(deployment.evidence);
  await deployment.stop();
});

/** Kills the worker that is at work, as a crash would, and starts another one. */
async function killWorker(): Promise<void> {
  const working = workers.at(-1) ?? deployment.workerProcess;
  working.child.kill('SIGKILL');
  await working.ended;
  workers.push(startProcess('worker', deployment.environment));
}

/** A number that nobody was called on yet. */
const newNumber = (): string => `+1202${randomInt(2_000_000, 9_999_999)}`;

interface Played {
  readonly to: string;
  readonly messageId: string;
}

interface Play {
  readonly script: CallScriptInput;
  readonly step?: object;
  readonly after?: readonly object[];
  readonly sms?: Parameters<Deployment['simulator']['control']['scriptAddress']>[0]['scripts'][number]['script'];
}

/** A message that nobody hears back from, and then a call. */
async function call({ script, step = {}, after = [], sms = silentScript() }: Play): Promise<Played> {
  const to = newNumber();
  const { control } = deployment.simulator;
  control.scriptAddress({ address: to, scripts: [{ messages: 'all', script: sms }] });
  control.scriptCalls({ to, scripts: [{ calls: 'all', script: { secondMs: 1, ...script } }] });
  const voice = { channel: 'voice', ringTimeout: '5s', maxAttempts: 1, ...step };
  const policy = {
    deliveryTimeout: '200ms',
    retry: { initialDelay: '10ms', factor: 1, maxDelay: '10ms' },
    escalation: [voice, ...after],
  };
  const { body } = await deployment.api.request('POST', '/v1/messages', {
    to,
    body: 'It is cold here.',
    category: 'security',
    policy,
  });
  return { to, messageId: body.id };
}

/** @param kind what it has to end as; on a busy machine a key may be told after the end, and corrects it then. */
const closed = (messageId: string, kind?: string) =>
  until(
    `the end of ${messageId}`,
    async () => {
      const { body } = await deployment.api.request('GET', `/v1/messages/${messageId}`);
      return body.status === 'closed' && (kind === undefined || body.outcome?.kind === kind) ? body : undefined;
    },
    WITHIN_MS,
  );
const callsTo = (to: string) => deployment.simulator.control.calls({ to });
async function ended(play: Play, kind?: string) {
  const { messageId, to } = await call(play);
  const { attempts, outcome } = await closed(messageId, kind);
  return { to, messageId, outcome, attempts, calls: callsTo(to) };
}

const KEYPRESS = { acknowledge: 'keypress' };
const PUT_THROUGH = { connectTo: '+12025550177' };
const HUMAN_STEP = { channel: 'human', queue: 'front-desk', acknowledgeTimeout: '300ms' };

describe('one outcome each', () => {
  test.each<[string, Play, Partial<Outcome>, number]>([
    ['busy', { script: { fate: { kind: 'busy' } } }, { kind: 'undeliverable', reason: 'the line was busy' }, 1],
    [
      'busy, tried again',
      { script: { fate: { kind: 'busy' } }, step: { maxAttempts: 2 } },
      { kind: 'undeliverable', attempt: 3 },
      2,
    ],
    [
      'no answer',
      { script: { fate: { kind: 'no-answer' } } },
      { kind: 'undeliverable', reason: 'nobody answered the call' },
      1,
    ],
    [
      'failed',
      { script: { fate: { kind: 'failed' } } },
      { kind: 'undeliverable', reason: 'the call could not be connected' },
      1,
    ],
    [
      'machine',
      { script: { fate: { kind: 'machine' } } },
      { kind: 'unconfirmed', reason: 'a machine took the call' },
      1,
    ],
    [
      'human',
      { script: { fate: { kind: 'human' } } },
      { kind: 'delivered', channel: 'voice', attempt: 2, reason: 'a person took the call' },
      1,
    ],
    [
      'keypress',
      { script: { fate: { kind: 'human', keys: ['1'] } }, step: KEYPRESS },
      { kind: 'acknowledged', channel: 'voice', attempt: 2 },
      1,
    ],
    [
      'wrong key, then the right one',
      { script: { fate: { kind: 'human', keys: ['5', '1'] } }, step: KEYPRESS },
      { kind: 'acknowledged', channel: 'voice' },
      1,
    ],
    [
      'wrong keys only',
      { script: { fate: { kind: 'human', keys: ['5', '5', '5'] } }, step: KEYPRESS },
      { kind: 'unconfirmed', reason: 'a person took the call and pressed no key' },
      1,
    ],
    [
      'hang-up',
      { script: { fate: { kind: 'human', hangUpAfterMs: 10 } }, step: KEYPRESS },
      { kind: 'unconfirmed', channel: 'voice' },
      1,
    ],
    [
      'every callback lost',
      { script: { fate: { kind: 'human' }, webhooks: { drop: true } } },
      { kind: 'delivered', channel: 'voice' },
      1,
    ],
    [
      'every callback lost, and a key',
      { script: { fate: { kind: 'human', keys: ['1'] }, webhooks: { drop: true } }, step: KEYPRESS },
      { kind: 'acknowledged', channel: 'voice' },
      1,
    ],
    [
      'a machine and every callback lost',
      { script: { fate: { kind: 'machine' }, webhooks: { drop: true } } },
      { kind: 'unconfirmed', reason: 'a machine took the call' },
      1,
    ],
    [
      'a key, and callbacks in any order, three times',
      {
        script: { fate: { kind: 'human', keys: ['5', '1'] }, webhooks: { copies: 3, order: 'shuffled' } },
        step: KEYPRESS,
      },
      { kind: 'acknowledged', channel: 'voice' },
      1,
    ],
    [
      'taken by nobody knows whom',
      { script: { fate: { kind: 'human', detectedAs: 'unknown' } } },
      { kind: 'unconfirmed', reason: 'the call was taken, and nothing proves that it was by a person' },
      1,
    ],
    [
      'key 9, and put through',
      { script: { fate: { kind: 'human', keys: ['9'] } }, step: PUT_THROUGH },
      { kind: 'acknowledged', channel: 'voice', reason: 'whoever took the call was put through to a person' },
      1,
    ],
    [
      'key 9, and put through, every callback lost',
      { script: { fate: { kind: 'human', keys: ['9'] }, webhooks: { drop: true } }, step: PUT_THROUGH },
      { kind: 'acknowledged', channel: 'voice' },
      1,
    ],
    [
      'key 9, and nobody takes it',
      { script: { fate: { kind: 'human', keys: ['9'], dialled: 'busy' } }, step: PUT_THROUGH },
      { kind: 'unconfirmed', reason: 'whoever took the call wants to speak to a person' },
      1,
    ],
    [
      'callbacks twice and out of order',
      { script: { fate: { kind: 'human' }, webhooks: { copies: 2, order: 'reversed' } } },
      { kind: 'delivered', channel: 'voice' },
      1,
    ],
  ])('%s', async (_name, play, outcome, placed) => {
    const end = await ended(play, outcome.kind);
    expect(end.outcome).toMatchObject(outcome);
    expect(end.calls).toHaveLength(placed);
    const [made] = end.calls;
    expect(end.attempts[1]).toMatchObject({ channel: 'voice', callSid: made?.callSid, messageSid: null });
  });
});

test('the number that key 9 dials is in no log and in no address', async () => {
  const { calls } = await ended({ script: { fate: { kind: 'human', keys: ['9'] } }, step: PUT_THROUGH });
  expect(calls[0]?.lines).toContainEqual(expect.objectContaining({ kind: 'connected', text: PUT_THROUGH.connectTo }));
  const written = [deployment.apiProcess, deployment.workerProcess].map(({ output }) => output()).join('');
  const addresses = deployment.simulator.control.webhooks().map(({ url }) => url);
  expect(written + addresses.join()).not.toContain(PUT_THROUGH.connectTo.slice(2));
});

test('key 2: the message ends, and nobody calls that number again', async () => {
  const { outcome, to } = await ended({ script: { fate: { kind: 'human', keys: ['2'] } }, step: KEYPRESS });
  expect(outcome).toMatchObject({ kind: 'opted_out' });
  expect(outcome?.reason).toContain('no more calls');
  const ledger = await until(
    'the ledger',
    async () => {
      const { body } = await deployment.api.request('GET', `/v1/opt-outs/${encodeURIComponent(to)}`);
      const { scopes } = body as unknown as { readonly scopes: readonly object[] };
      return scopes.length > 0 ? scopes : undefined;
    },
    WITHIN_MS,
  );
  expect(ledger).toMatchObject([{ channel: 'voice' }]);

  const policy = { deliveryTimeout: '200ms', escalation: [{ channel: 'voice' }] };
  const { body } = await deployment.api.request('POST', '/v1/messages', {
    to,
    body: 'Still cold.',
    category: 'security',
    policy,
  });
  const second = (await closed(body.id)).outcome;
  expect(second).toMatchObject({ kind: 'opted_out', channel: 'voice' });
  expect(second?.reason).toContain('the recipient has opted out of calls, so nobody was called');
  expect(callsTo(to)).toHaveLength(1);
});

test('key 9: the next human step opens a task', async () => {
  const { outcome, messageId } = await ended({
    script: { fate: { kind: 'human', keys: ['9'] } },
    step: KEYPRESS,
    after: [{ channel: 'sms' }, HUMAN_STEP],
  });
  expect(outcome).toMatchObject({ kind: 'failed', channel: 'human' });
  const { body } = await deployment.api.request('GET', `/v1/messages/${messageId}`);
  expect(JSON.stringify(body)).toContain('whoever took the call wants to speak to a person');
});

test('delivered while the phone rings: the call is canceled', async () => {
  const { messageId, to } = await call({
    script: { fate: { kind: 'human' }, ringMs: 60_000, secondMs: 1000 },
    step: { ringTimeout: '60s' },
    sms: deliveredScript(50, 4_000),
  });
  const { outcome } = await closed(messageId);
  expect(outcome).toMatchObject({ kind: 'delivered', channel: 'sms', attempt: 1 });
  expect(callsTo(to)).toMatchObject([{ status: 'canceled' }]);
});

test('answered at the moment when the receipt arrives: one outcome, one call', async () => {
  const { messageId, to } = await call({
    script: { fate: { kind: 'human' }, secondMs: 20 },
    sms: deliveredScript(50, 1_500),
  });
  const { attempts, outcome } = await closed(messageId);
  expect(outcome).toMatchObject({ kind: 'delivered' });
  expect(attempts.length).toBeLessThanOrEqual(2);
  await until('the end of the call', () => callsTo(to).every(({ endedAt }) => endedAt !== null), WITHIN_MS);
  expect(callsTo(to).length).toBeLessThanOrEqual(1);
  const { body } = await deployment.api.request('GET', `/v1/messages/${messageId}`);
  expect(body.outcome).toEqual(outcome);
});

test('a machine gets the message that is for it, after its tone, and nobody counts as reached', async () => {
  const { messageId, to } = await call({
    script: { fate: { kind: 'machine', detectionMs: 200 }, secondMs: 1000 },
    step: { voicemail: 'Please call the front desk.' },
  });
  const { outcome } = await closed(messageId);
  expect(outcome).toMatchObject({
    kind: 'unconfirmed',
    reason: 'a machine took the call, and a message was left on it',
  });
  const [made] = callsTo(to);
  expect(made).toMatchObject({ status: 'completed', machineDetection: { mode: 'DetectMessageEnd' } });
  expect(made?.lines.at(-1)).toMatchObject({ kind: 'said', text: 'Please call the front desk.' });
});

test('two people who speak are not cut off by a receipt', async () => {
  const { messageId, to } = await call({
    script: { fate: { kind: 'human', keys: ['9'], talkMs: 8_000 }, secondMs: 1000 },
    step: PUT_THROUGH,
  });
  await until('the talk', () => callsTo(to)[0]?.lines.some(({ kind }) => kind === 'connected'), WITHIN_MS);
  const { control } = deployment.simulator;
  const [sent] = control.snapshot({ address: to }).conversations.flatMap(({ messages }) => messages);
  await control.updateReceipt({ messageSid: sent?.messageSid ?? '', status: 'delivered' });
  const { outcome } = await closed(messageId);
  expect(outcome).toMatchObject({ kind: 'delivered', channel: 'sms' });
  const over = await until('the end of the talk', () => callsTo(to).find(({ endedAt }) => endedAt !== null), WITHIN_MS);
  expect(over.status).toBe('completed');
  expect(over.durationSeconds).toBeGreaterThanOrEqual(8);
});

test('from the conversation to the call and back: at Twilio, in the timeline, and by trace', async () => {
  const { attempts, calls, messageId } = await ended({ script: { fate: { kind: 'human' } } });
  const callSid = calls[0]?.callSid ?? '';
  const { conversationSid = '', participantSid = '' } = { ...attempts[1] } as Record<string, string>;
  const attributes = await until(
    'the note',
    () => {
      const { participants } =
        deployment.simulator.control.snapshot().conversations.find((one) => one.conversationSid === conversationSid) ??
        {};
      const text = participants?.find((one) => one.participantSid === participantSid)?.attributes ?? '';
      return text.includes(callSid) ? text : undefined;
    },
    WITHIN_MS,
  );
  expect(JSON.parse(attributes)).toEqual({
    posthorn: {
      calls: [{ callSid, messageId, attempt: 2 }],
      applicationSid: APPLICATION_SID,
      conductorSid: CONDUCTOR_SID,
    },
  });
  for (const identifier of [callSid, conversationSid]) {
    const { body } = await deployment.api.request('GET', `/v1/trace/${identifier}`);
    const told = JSON.stringify(body);
    expect([told.includes(messageId), told.includes(callSid), told.includes(CONDUCTOR_SID)]).toEqual([
      true,
      true,
      true,
    ]);
  }
  const logged = (workers.at(-1) ?? deployment.workerProcess).output();
  expect(logged).toContain(callSid);
});

test('a key that is told after the end: the outcome is corrected, and nobody is called again', async () => {
  const script = { fate: { kind: 'human', hangUpAfterMs: 10 } } as const;
  const { calls, messageId, outcome, to } = await ended({ script, step: KEYPRESS });
  expect(outcome).toMatchObject({ kind: 'unconfirmed', channel: 'voice', attempt: 2 });
  const { accountSid, authToken } = deployment.credentials.twilio;
  const url = voiceCallbackUrl(deployment.apiUrl, {
    purpose: 'key',
    key: { messageId, attempt: 2, step: 1 },
    menu: { language: 'en-US', offered: ['acknowledge'], round: 1 },
  });
  const form = { AccountSid: accountSid, CallSid: calls[0]?.callSid ?? '', Digits: '1' };
  const body = new URLSearchParams(form);
  const answer = await fetch(url, {
    method: 'POST',
    headers: { 'X-Twilio-Signature': signForm(authToken, url, form) },
    body,
  });
  expect(answer.status).toBe(200);
  const corrected = await until(
    'the correction',
    async () => {
      const shown = (await deployment.api.request('GET', `/v1/messages/${messageId}`)).body;
      return shown.outcome?.kind === 'acknowledged' ? shown : undefined;
    },
    WITHIN_MS,
  );
  expect(corrected).toMatchObject({
    outcome: { attempt: 2, reason: 'a person acknowledged it by a key during the call' },
    corrections: [{ was: { kind: 'unconfirmed' }, is: { kind: 'acknowledged' } }],
  });
  expect(callsTo(to)).toHaveLength(1);
});

test('a create whose answer is lost, no callback, and the message arrives meanwhile: the call is ended', async () => {
  deployment.simulator.control.addFault({
    operation: 'calls.create',
    requests: 1,
    when: 'after',
    effect: { kind: 'hang' },
  });
  const { messageId, to } = await call({
    script: { fate: { kind: 'human' }, ringMs: 120_000, secondMs: 1000, webhooks: { drop: true } },
    step: { ringTimeout: '600s' },
    sms: deliveredScript(50, 3_000),
  });
  const { outcome } = await closed(messageId);
  expect(outcome).toMatchObject({ kind: 'delivered', channel: 'sms', attempt: 1 });
  expect(callsTo(to)).toMatchObject([{ status: 'canceled' }]);
});

describe('worker killed: one call, never two', () => {
  const hang = (): void =>
    void deployment.simulator.control.addFault({
      operation: 'calls.create',
      requests: 1,
      when: 'after',
      effect: { kind: 'hang' },
    });
  const isAt = (to: string, status: string): boolean => callsTo(to).some((made) => made.status === status);

  test.each<[string, Play, (to: string) => boolean, object]>([
    [
      'before the create was answered, and no callback comes',
      { script: { fate: { kind: 'human' }, webhooks: { drop: true } } },
      (to) => callsTo(to).length > 0,
      { kind: 'delivered', channel: 'voice', attempt: 2 },
    ],
    [
      'while the phone rings',
      { script: { fate: { kind: 'human' }, ringMs: 4_000, secondMs: 100 }, step: { ringTimeout: '600s' } },
      (to) => isAt(to, 'ringing'),
      { kind: 'delivered', channel: 'voice', attempt: 2 },
    ],
    [
      'while the text is spoken',
      { script: { fate: { kind: 'human', keys: ['1'], keyAfterMs: 4_000 }, secondMs: 500 }, step: KEYPRESS },
      (to) => isAt(to, 'in-progress'),
      { kind: 'acknowledged', channel: 'voice', attempt: 2 },
    ],
    [
      'after the call has ended, and no callback has told of it',
      { script: { fate: { kind: 'human' }, webhooks: { drop: true } } },
      (to) => isAt(to, 'completed'),
      { kind: 'delivered', channel: 'voice', attempt: 2 },
    ],
  ])('%s', async (name, play, isTime, expected) => {
    if (name.startsWith('before')) {
      hang();
    }
    const { messageId, to } = await call(play);
    await until('the moment', () => isTime(to), WITHIN_MS);
    await killWorker();
    const { outcome } = await closed(messageId);
    expect(outcome).toMatchObject(expected);
    expect(callsTo(to)).toHaveLength(1);
  });
});
