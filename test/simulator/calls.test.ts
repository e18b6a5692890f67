import { type CallScriptInput } from '../../src/simulator/calls/call-script';
import { OTHER_PERSON, PERSON, SENDER } from './support/identifiers';
import { refusalOf } from './support/refusal-of';
import { callOf, heard, scriptCall } from './support/use-calls';
import { useSimulator } from './support/use-simulator';

const fixture = useSimulator(() => ({ proxyAddresses: [SENDER] }));
const control = () => fixture.simulator().control;
const calls = () => fixture.client().calls;

const HELLO = '<Response><Say language="en-US">Hello &amp; bye</Say></Response>';

async function placed(fate: CallScriptInput['fate'], rest: Partial<CallScriptInput> = {}): Promise<string> {
  scriptCall(control(), fate, rest);
  const { sid: callSid } = await calls().create({ to: PERSON, from: SENDER, twiml: HELLO, timeout: 30 });
  await control().whenIdle();
  return callSid;
}

const FATES: readonly (readonly [string, CallScriptInput['fate'], Partial<CallScriptInput>, string])[] = [
  ['a person who listens', { kind: 'human' }, {}, 'completed'],
  ['a machine', { kind: 'machine' }, {}, 'completed'],
  ['busy', { kind: 'busy' }, {}, 'busy'],
  ['nobody', { kind: 'no-answer' }, {}, 'no-answer'],
  ['a number that does not exist', { kind: 'failed' }, {}, 'failed'],
  ['canceled by somebody else', { kind: 'canceled' }, {}, 'canceled'],
  ['ringing for longer than the time-out', { kind: 'human' }, { ringMs: 31 }, 'no-answer'],
];

test.each(FATES)('a call to %s ends as it should', async (_, fate, rest, status) => {
  const callSid = await placed(fate, rest);
  const call = await calls()(callSid).fetch();
  expect(call).toMatchObject({ status, to: PERSON, from: SENDER, direction: 'outbound-api', answeredBy: null });
  expect(call.endTime.getTime()).toBeGreaterThanOrEqual(call.startTime.getTime());
  expect(heard(callOf(control(), callSid))).toEqual(status === 'completed' ? ['said: Hello & bye'] : []);
});

test('the answer comes before the call is dialled, and says that it is queued', async () => {
  scriptCall(control(), { kind: 'busy' });
  const call = await calls().create({ to: PERSON, from: SENDER, twiml: HELLO });
  expect(call).toMatchObject({ status: 'queued', duration: null });
  expect(call.startTime).toBeNull();
});

test.each([
  ['no To', { to: '', from: SENDER, twiml: HELLO }, 21201],
  ['a To that is no number', { to: 'bob', from: SENDER, twiml: HELLO }, 21211],
  ['no From', { to: PERSON, from: '', twiml: HELLO }, 21213],
  ['a From that is no number', { to: PERSON, from: 'bob', twiml: HELLO }, 21212],
  ['a From of somebody else', { to: PERSON, from: OTHER_PERSON, twiml: HELLO }, 21210],
  ['nothing to say', { to: PERSON, from: SENDER }, 21205],
  ['TwiML that is too long', { to: PERSON, from: SENDER, twiml: 'x'.repeat(4001) }, 20001],
  ['a status callback that is no URL', { to: PERSON, from: SENDER, twiml: HELLO, statusCallback: 'here' }, 21609],
])('refuses %s', async (_, draft, code) => {
  expect((await refusalOf(calls().create(draft))).code).toBe(code);
});

test('lists by recipient, sender, status and time, newest first, page by page', async () => {
  const first = await placed({ kind: 'busy' });
  const second = await placed({ kind: 'human' });
  await calls().create({ to: OTHER_PERSON, from: SENDER, twiml: HELLO });
  const callSids = async (options: Parameters<ReturnType<typeof calls>['list']>[0]): Promise<string[]> =>
    (await calls().list(options)).map(({ sid: callSid }) => callSid);

  expect(await callSids({ to: PERSON, from: SENDER, pageSize: 1 })).toEqual([second, first]);
  expect(await callSids({ to: PERSON, status: 'busy' })).toEqual([first]);
  expect(await callSids({ from: OTHER_PERSON })).toEqual([]);
  const anHour = 3_600_000;
  expect(await callSids({ to: PERSON, startTimeAfter: new Date(Date.now() - anHour) })).toEqual([second, first]);
  expect(await callSids({ to: PERSON, startTimeAfter: new Date(Date.now() + anHour) })).toEqual([]);
  expect(await callSids({ to: PERSON, startTimeBefore: new Date(Date.now() - anHour) })).toEqual([]);
});

test('a filter by start time leaves out what has not been dialled', async () => {
  scriptCall(control(), { kind: 'human' }, { queueMs: 60_000 });
  await calls().create({ to: PERSON, from: SENDER, twiml: HELLO });
  expect(await calls().list({ to: PERSON })).toHaveLength(1);
  expect(await calls().list({ to: PERSON, startTimeAfter: new Date(0) })).toHaveLength(0);
});

test('lists lag behind as long as the script says, a fetch does not', async () => {
  scriptCall(control(), { kind: 'human' }, { listLagMs: 60_000 });
  const { sid: callSid } = await calls().create({ to: PERSON, from: SENDER, twiml: HELLO });
  expect(await calls().list()).toEqual([]);
  expect((await calls()(callSid).fetch()).sid).toBe(callSid);
});

const RINGING = { ringMs: 60_000 };

test.each(['canceled', 'completed'] as const)('`%s` ends a call that rings as canceled', async (status) => {
  scriptCall(control(), { kind: 'human' }, { ...RINGING, secondMs: 1000 });
  const { sid: callSid } = await calls().create({ to: PERSON, from: SENDER, twiml: HELLO });
  expect((await calls()(callSid).update({ status })).status).toBe('canceled');
  await control().whenIdle();
  expect(heard(callOf(control(), callSid))).toEqual([]);
});

test('`canceled` leaves a call alone that was answered; `completed` hangs up, once', async () => {
  scriptCall(control(), { kind: 'human' }, { secondMs: 1000 });
  const twiml = '<Response><Pause length="600"/></Response>';
  const { sid: callSid } = await calls().create({ to: PERSON, from: SENDER, twiml });
  const isAnswered = async (): Promise<boolean> => (await calls()(callSid).fetch()).status === 'in-progress';
  while (!(await isAnswered())) {
    // Asked again until the call is answered, which takes it no time.
  }
  expect((await calls()(callSid).update({ status: 'canceled' })).status).toBe('in-progress');
  expect((await calls()(callSid).update({ status: 'completed' })).status).toBe('completed');
  expect((await refusalOf(calls()(callSid).update({ status: 'completed' }))).code).toBe(21220);
});

test('the account of the path has to be the account, and the call has to exist', async () => {
  const stranger = `CA${'0'.repeat(32)}`;
  expect((await refusalOf(calls()(stranger).fetch())).code).toBe(20404);
  const other = fixture.client().api.v2010.accounts(`AC${'9'.repeat(32)}`).calls;
  expect((await refusalOf(other.list())).code).toBe(20404);
});
