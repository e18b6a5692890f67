import { validateRequest } from 'twilio';
import { type CallScriptInput } from '../../src/simulator/calls/call-script';
import { AUTH_TOKEN, PERSON, SENDER } from './support/identifiers';
import { callOf, heard, scriptCall } from './support/use-calls';
import { useSimulator } from './support/use-simulator';
import { type ReceivedWebhook, useWebhookReceiver } from './support/use-webhook-receiver';

const fixture = useSimulator();
const receiver = useWebhookReceiver();
const control = () => fixture.simulator().control;

const KEY = 'messageId=msg_one&attempt=2';
const EVENTS = ['initiated', 'ringing', 'answered', 'completed'];
const url = (path: string): string => `${receiver.origin()}${path}?${KEY}`;
const at = (path: string): ReceivedWebhook[] => receiver.received().filter((webhook) => webhook.path.startsWith(path));
/** In Twilio's order: each is a request of its own, and one may overtake another. */
const statuses = (): ReceivedWebhook[] =>
  at('/status').toSorted((a, b) => Number(a.fields['SequenceNumber']) - Number(b.fields['SequenceNumber']));
const said = (text: string): string => `<Response><Say>${text}</Say></Response>`;
const menu = (action: string, more = ''): string =>
  `<Response><Gather numDigits="1" timeout="3" action="${action}" ${more}><Say>Press</Say></Gather><Say>Nobody?</Say></Response>`;

interface Placing {
  readonly twiml?: string;
  readonly detection?: 'Enable' | 'DetectMessageEnd';
  readonly isAsync?: boolean;
}

/** Places a call whose status is told at /status, whose detection at /amd, and waits for its end. */
async function play(
  fate: CallScriptInput['fate'],
  { twiml, detection, isAsync = true }: Placing = {},
  rest: Partial<CallScriptInput> = {},
): Promise<string> {
  scriptCall(control(), fate, rest);
  const { sid: callSid } = await fixture.client().calls.create({
    to: PERSON,
    from: SENDER,
    ...(twiml === undefined ? { url: url('/twiml') } : { twiml }),
    statusCallback: url('/status'),
    statusCallbackEvent: EVENTS,
    ...(detection === undefined ? {} : { machineDetection: detection }),
    ...(detection !== undefined && isAsync ? { asyncAmd: 'true', asyncAmdStatusCallback: url('/amd') } : {}),
  });
  await control().whenIdle();
  return callSid;
}

test('tells each status once, numbered, dated, and signed over the URL with its query', async () => {
  const callSid = await play({ kind: 'human' }, { twiml: said('x'.repeat(30)) });
  const told = statuses();
  const words = told.map(({ fields }) => [fields['SequenceNumber'], fields['CallStatus']]);
  expect(words).toEqual([
    ['0', 'initiated'],
    ['1', 'ringing'],
    ['2', 'in-progress'],
    ['3', 'completed'],
  ]);
  for (const { path, fields, signature } of told) {
    expect(validateRequest(AUTH_TOKEN, signature, receiver.origin() + path, { ...fields })).toBe(true);
    expect(fields).toMatchObject({ CallSid: callSid, To: PERSON, From: SENDER, Direction: 'outbound-api' });
    expect(fields['Timestamp']).toMatch(/^\w{3}, \d{2} \w{3} \d{4} \d{2}:\d{2}:\d{2} \+0000$/);
  }
  // 30 characters are two seconds of speech, and a second takes a millisecond.
  expect(Number(told.at(-1)?.fields['CallDuration'])).toBeGreaterThanOrEqual(2);
  expect(told.at(-1)?.fields['SipResponseCode']).toBe('200');
});

test.each([
  [{ kind: 'busy' }, 'busy', '486'],
  [{ kind: 'no-answer' }, 'no-answer', '480'],
  [{ kind: 'failed', sipResponseCode: 503 }, 'failed', '503'],
  [{ kind: 'canceled' }, 'canceled', '487'],
] as const)('tells the end of a call that nobody takes: %j', async (fate, status, sipCode) => {
  await play(fate, { twiml: said('x') });
  const last = statuses().at(-1)?.fields;
  expect(last).toMatchObject({ CallStatus: status, SipResponseCode: sipCode, CallDuration: '0' });
});

test('asks for TwiML and goes where the pressed key leads', async () => {
  receiver.answerAt('/twiml', menu('/gather?step=1'));
  receiver.answerAt('/gather', said('Thank you'));
  const callSid = await play({ kind: 'human', keys: ['1'] });
  const [gather] = at('/gather');
  expect(gather).toMatchObject({ path: '/gather?step=1', fields: { Digits: '1', CallStatus: 'in-progress' } });
  expect(heard(callOf(control(), callSid))).toEqual(['said: Press', 'pressed: 1', 'said: Thank you']);
});

test.each([
  ['nobody presses', [], ['said: Press', 'said: Nobody?'], []],
  ['the second menu is answered', ['', '7'], ['said: Press', 'said: Press', 'pressed: 7', 'said: Thank you'], ['7']],
  ['more keys than asked for', ['12'], ['said: Press', 'pressed: 12', 'said: Thank you'], ['1']],
])('a menu, when %s', async (_, keys, lines, digits) => {
  const twice = menu('/gather').replace('</Response>', '').replace('<Say>Nobody?</Say>', '');
  receiver.answerAt('/twiml', keys.length > 1 ? twice + menu('/gather').replace('<Response>', '') : menu('/gather'));
  receiver.answerAt('/gather', said('Thank you'));
  const callSid = await play({ kind: 'human', keys });
  expect(heard(callOf(control(), callSid))).toEqual(lines);
  expect(at('/gather').map(({ fields }) => fields['Digits'])).toEqual(digits);
});

test('a key that comes too late, or from a machine, is none', async () => {
  receiver.answerAt('/twiml', menu('/gather'));
  await play({ kind: 'human', keys: ['1'], keyAfterMs: 200 });
  await play({ kind: 'machine' });
  expect(at('/gather')).toEqual([]);
});

test('plays Pause, Redirect, Dial and Hangup', async () => {
  receiver.answerAt('/twiml', `<Response><Pause length="2"/><Redirect>/second</Redirect><Say>never</Say></Response>`);
  const dial = `<Response><Dial action="/dialed"><Number>+12025550111</Number></Dial></Response>`;
  receiver.answerAt('/second', dial);
  receiver.answerAt('/dialed', `<Response><Hangup/><Say>never</Say></Response>`);
  const callSid = await play({ kind: 'human' });
  expect(heard(callOf(control(), callSid))).toEqual(['connected: +12025550111']);
  expect(at('/dialed')[0]?.fields).toMatchObject({ DialCallStatus: 'completed' });
});

test('instructions that cannot be had or read end the call, and say why on the line', async () => {
  receiver.answerWith(500);
  const failed = await play({ kind: 'human' });
  receiver.answerWith(200);
  receiver.answerAt('/twiml', '<Response><Say>a & b</Say></Response>');
  const unreadable = await play({ kind: 'human' });
  const dangling = await play({ kind: 'human', keys: ['1'] }, { twiml: menu('/nowhere') });
  expect(heard(callOf(control(), failed))[0]).toMatch(/^error: .*answered 500/);
  expect(heard(callOf(control(), unreadable))[0]).toMatch(/&amp;/);
  expect(heard(callOf(control(), dangling)).at(-1)).toMatch(/^error: /);
  for (const callSid of [failed, unreadable, dangling]) {
    expect(callOf(control(), callSid).status).toBe('completed');
  }
});

test('asynchronous detection is told by itself while the call goes on', async () => {
  const callSid = await play(
    { kind: 'machine', detectionMs: 5 },
    { twiml: said('Hi'), detection: 'DetectMessageEnd' },
    { secondMs: 1000 },
  );
  expect(at('/amd')[0]?.fields).toMatchObject({
    CallSid: callSid,
    AnsweredBy: 'machine_end_beep',
    MachineDetectionDuration: '5',
  });
  expect(statuses().at(-1)?.fields['AnsweredBy']).toBe('machine_end_beep');
  expect((await fixture.client().calls(callSid).fetch()).answeredBy).toBe('machine_end_beep');
});

test('synchronous detection comes before TwiML is asked for, and `Enable` never waits for a message to end', async () => {
  receiver.answerAt('/twiml', said('Hi'));
  await play({ kind: 'machine' }, { detection: 'Enable', isAsync: false });
  expect(at('/twiml')[0]?.fields).toMatchObject({ AnsweredBy: 'machine_start' });
  expect(at('/amd')).toEqual([]);
});

test('a person who hangs up ends the call while it is being spoken', async () => {
  const callSid = await play(
    { kind: 'human', hangUpAfterMs: 5 },
    { twiml: `<Response><Pause length="900"/><Say>late</Say></Response>` },
  );
  expect(heard(callOf(control(), callSid))).toEqual([]);
  expect(statuses().at(-1)?.fields['CallStatus']).toBe('completed');
});

test.each([
  ['reversed', [3, 2, 1, 0]],
  ['shuffled', [0, 1, 2, 3]],
] as const)('status callbacks come %s, and as often as the script says', async (order, numbers) => {
  await play({ kind: 'human' }, { twiml: said('x') }, { webhooks: { order, copies: 2 } });
  const told = at('/status').map(({ fields }) => Number(fields['SequenceNumber']));
  const expected = numbers.flatMap((number) => [number, number]);
  expect(order === 'shuffled' ? told.toSorted((left, right) => left - right) : told).toEqual(expected);
});

test('callbacks can be lost, TwiML is asked for all the same', async () => {
  receiver.answerAt('/twiml', said('Hi'));
  const callSid = await play({ kind: 'human' }, { detection: 'Enable' }, { webhooks: { drop: true } });
  expect(receiver.received().map(({ path }) => path)).toEqual([`/twiml?${KEY}`]);
  const lost = control()
    .events()
    .filter(({ kind }) => kind === 'call.untold');
  expect(lost).toHaveLength(EVENTS.length + 1);
  expect(callOf(control(), callSid).status).toBe('completed');
});

test('other instructions take the place of what is being played', async () => {
  scriptCall(control(), { kind: 'machine' }, { secondMs: 1000 });
  const { calls } = fixture.client();
  const twiml = '<Response><Pause length="600"/><Say>never</Say></Response>';
  const { sid: callSid } = await calls.create({ to: PERSON, from: SENDER, twiml });
  while (callOf(control(), callSid).status !== 'in-progress') {
    await calls(callSid).fetch();
  }
  await calls(callSid).update({ twiml: '<Response><Say>!</Say></Response>' });
  await control().whenIdle();
  expect(heard(callOf(control(), callSid))).toEqual(['said: !']);
  expect(callOf(control(), callSid).status).toBe('completed');
});

test('a reset drops what is under way', async () => {
  scriptCall(control(), { kind: 'human' }, { ringMs: 60_000 });
  await fixture.client().calls.create({ to: PERSON, from: SENDER, twiml: said('x'), statusCallback: url('/status') });
  control().reset();
  await control().whenIdle();
  expect(control().calls()).toEqual([]);
  expect(at('/status')).toEqual([]);
});
