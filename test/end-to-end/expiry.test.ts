import { type CallScriptInput } from '../../src/simulator/calls/call-script';
import { type DeliveryScriptInput } from '../../src/simulator/delivery/delivery-script';
import { silentScript, undeliveredScript } from '../../src/simulator/delivery/preset-scripts';
import { nightZone } from '../support/night-zone';
import { until } from '../support/until';
import { type MessageBody } from './support/api-client';
import { type Deployment, startDeployment } from './support/deployment';

jest.setTimeout(240_000);

/** Long enough for a step to begin on a slow machine. */
const TIME_TO_LIVE = '30s';
const WITHIN_MS = 120_000;

const VOICE = { channel: 'voice', ringTimeout: '60s', maxAttempts: 1 };
const PERSON = { channel: 'human', queue: 'expiry', acknowledgeTimeout: '1h' };
const UNREACHED = undeliveredScript(30008, 0);
const RINGING: CallScriptInput = { fate: { kind: 'human' }, ringMs: 600_000 };
const BUSY: CallScriptInput = { fate: { kind: 'busy' } };

interface Case {
  readonly when: string;
  readonly sms: DeliveryScriptInput;
  readonly call?: CallScriptInput;
  readonly fields?: object;
  /** Besides one attempt of each step and long time-outs. */
  readonly policy?: object;
  readonly escalation?: readonly object[];
  readonly attempt: number;
  readonly reason: string;
  /** How many messages and calls Twilio had, and how the calls ended. */
  readonly messages: number;
  readonly calls: readonly string[];
  /** How the task of the human step was closed; absent when nobody was asked. */
  readonly task?: string;
}

const NIGHT = { timeZone: nightZone() };

const CASES: readonly Case[] = [
  {
    when: 'before the SMS, which is held',
    sms: silentScript(),
    fields: { ...NIGHT, category: 'marketing' },
    attempt: 0,
    reason: 'its time was over before the next step',
    messages: 0,
    calls: [],
  },
  {
    when: 'during the SMS',
    sms: silentScript(),
    escalation: [VOICE, PERSON],
    attempt: 1,
    reason: 'no receipt that decides came before its time was over',
    messages: 1,
    calls: [],
  },
  {
    when: 'after the SMS, before it is tried again',
    sms: UNREACHED,
    policy: { maxAttempts: 2, retry: { initialDelay: '1h', factor: 1, maxDelay: '1h' } },
    attempt: 1,
    reason: 'its time was over before the next step',
    messages: 1,
    calls: [],
  },
  {
    when: 'before the call, which is held',
    sms: UNREACHED,
    fields: { ...NIGHT, category: 'notification' },
    escalation: [VOICE, PERSON],
    attempt: 1,
    reason: 'its time was over before the next step',
    messages: 1,
    calls: [],
  },
  {
    when: 'during the call',
    sms: UNREACHED,
    call: RINGING,
    escalation: [VOICE, PERSON],
    attempt: 2,
    reason: 'the call came to nothing before its time was over',
    messages: 1,
    calls: ['canceled'],
  },
  {
    when: 'after the call, before it is tried again',
    sms: UNREACHED,
    call: BUSY,
    escalation: [{ ...VOICE, maxAttempts: 2 }, PERSON],
    policy: { retry: { initialDelay: '1h', factor: 1, maxDelay: '1h' } },
    attempt: 2,
    reason: 'its time was over before the next step',
    messages: 1,
    calls: ['busy'],
  },
  {
    when: 'during the human step, after SMS and call',
    sms: UNREACHED,
    call: BUSY,
    escalation: [VOICE, PERSON],
    attempt: 2,
    reason: 'its time was over before a person took it',
    messages: 1,
    calls: ['busy'],
    task: 'expired',
  },
];

interface Played {
  readonly to: string;
  readonly id: string;
}

let deployment: Deployment;
let played: readonly Played[];
let taken: Played;
beforeAll(async () => {
  deployment = await startDeployment({ variables: { TWILIO_VOICE_FROM: '+12025550102' } });
  // All at once, so that their time passes once.
  played = await Promise.all(CASES.map((one, index) => play(one, `+120255503${String(index).padStart(2, '0')}`)));
  const desk = [{ ...PERSON, queue: 'taken' }];
  taken = await play({ sms: UNREACHED, escalation: desk, fields: { timeToLive: '1h' } }, '+12025550399');
}, 180_000);
afterAll(() => deployment.stop());

async function play(one: Pick<Case, 'sms' | 'call' | 'fields' | 'policy' | 'escalation'>, to: string): Promise<Played> {
  const { call, escalation = [], fields = {}, policy = {}, sms } = one;
  const { control } = deployment.simulator;
  control.scriptAddress({ address: to, scripts: [{ messages: 'all', script: sms }] });
  control.scriptCalls({ to, scripts: [{ calls: 'all', script: call ?? RINGING }] });
  const { body, status } = await deployment.api.request('POST', '/v1/messages', {
    to,
    body: 'It is cold here.',
    category: 'security',
    timeToLive: TIME_TO_LIVE,
    policy: { deliveryTimeout: '1h', maxAttempts: 1, ...policy, escalation },
    ...fields,
  });
  expect(status).toBe(202);
  return { to, id: body.id };
}

const closed = (id: string): Promise<MessageBody> =>
  until(
    `the end of ${id}`,
    async () => {
      const { body } = await deployment.api.request('GET', `/v1/messages/${id}`);
      return body.status === 'closed' ? body : undefined;
    },
    WITHIN_MS,
  );

interface Tasks {
  readonly tasks: readonly {
    readonly id: string;
    readonly messageId: string;
    readonly closing: { kind: string } | null;
  }[];
}

async function tasksIn(queue: string, status: string): Promise<Tasks['tasks']> {
  const { body } = await deployment.api.request('GET', `/v1/tasks?queue=${queue}&status=${status}`);
  return (body as unknown as Tasks).tasks;
}

test.each(CASES.map((one, index) => [one.when, one, index] as const))('%s', async (_when, expected, index) => {
  const { id, to } = played[index] ?? taken;
  const { outcome } = await closed(id);
  expect(outcome).toMatchObject({ kind: 'expired', attempt: expected.attempt });
  expect(outcome?.reason).toContain(expected.reason);
  const { conversations } = deployment.simulator.control.snapshot({ address: to });
  expect(conversations.flatMap(({ messages }) => messages)).toHaveLength(expected.messages);
  const statuses = (): string[] => deployment.simulator.control.calls({ to }).map(({ status }) => status);
  expect(statuses()).toEqual(expected.calls);
  const tasks = (await tasksIn('expiry', 'closed')).filter(({ messageId }) => messageId === id);
  expect(tasks.map(({ closing }) => closing?.kind)).toEqual(expected.task === undefined ? [] : [expected.task]);
});

test('after a person has taken it there is nothing left to expire', async () => {
  const task = await until('the task', async () => (await tasksIn('taken', 'open'))[0], WITHIN_MS);
  expect((await deployment.api.request('POST', `/v1/tasks/${task.id}/acknowledge`, { by: 'Ann' })).status).toBe(200);
  expect((await closed(taken.id)).outcome).toMatchObject({ kind: 'acknowledged' });
});
