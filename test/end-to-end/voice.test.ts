import { randomInt } from 'node:crypto';
import { type CallScriptInput } from '../../src/simulator/calls/call-script';
import { deliveredScript, silentScript } from '../../src/simulator/delivery/preset-scripts';
import { until } from '../support/until';
import { type Deployment, startDeployment } from './support/deployment';
import { startProcess } from './support/service-process';

jest.setTimeout(240_000);

const CALLER = '+12025550102';
const WITHIN_MS = 60_000;

let deployment: Deployment;
beforeAll(async () => {
  deployment = await startDeployment({ variables: { TWILIO_VOICE_FROM: CALLER } });
});
afterAll(() => deployment.stop());

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

const closed = (messageId: string) =>
  until(
    `the end of ${messageId}`,
    async () => {
      const { body } = await deployment.api.request('GET', `/v1/messages/${messageId}`);
      return body.status === 'closed' ? body : undefined;
    },
    WITHIN_MS,
  );
const callsTo = (to: string) => deployment.simulator.control.calls({ to });
async function ended(play: Play) {
  const { messageId, to } = await call(play);
  const { attempts, outcome } = await closed(messageId);
  return { to, messageId, outcome, attempts, calls: callsTo(to) };
}

const KEYPRESS = { acknowledge: 'keypress' };
const HUMAN_STEP = { channel: 'human', queue: 'front-desk', acknowledgeTimeout: '300ms' };

describe('one outcome each', () => {
  test.each<[string, Play, object, number]>([
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
      'callbacks twice and out of order',
      { script: { fate: { kind: 'human' }, webhooks: { copies: 2, order: 'reversed' } } },
      { kind: 'delivered', channel: 'voice' },
      1,
    ],
  ])('%s', async (_name, play, outcome, placed) => {
    const end = await ended(play);
    expect(end.outcome).toMatchObject(outcome);
    expect(end.calls).toHaveLength(placed);
    const [made] = end.calls;
    expect(end.attempts[1]).toMatchObject({ channel: 'voice', callSid: made?.callSid, messageSid: null });
  });
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

test('worker killed before the create was answered, and no callback comes: one call, never two', async () => {
  deployment.simulator.control.addFault({
    operation: 'calls.create',
    requests: 1,
    when: 'after',
    effect: { kind: 'hang' },
  });
  const { messageId, to } = await call({ script: { fate: { kind: 'human' }, webhooks: { drop: true } } });
  await until('the call', () => callsTo(to)[0], WITHIN_MS);
  deployment.workerProcess.child.kill('SIGKILL');
  await deployment.workerProcess.ended;
  const worker = startProcess('worker', deployment.environment);
  try {
    const { outcome } = await closed(messageId);
    expect(outcome).toMatchObject({ kind: 'delivered', channel: 'voice', attempt: 2 });
    expect(callsTo(to)).toHaveLength(1);
  } finally {
    await worker.stop();
  }
});
