import { KEY_ANSWERS } from '../../src/domain/call-event';
import { type CallSpeech } from '../../src/domain/call-speech';
import { advanceCallState, callVerdict, type CallVerdict, NO_CALL_NEWS } from '../../src/domain/call-state';
import { type CallSid } from '../../src/domain/sid';
import { type CallScriptInput } from '../../src/simulator/calls/call-script';
import { voiceCallbackUrl } from '../../src/twilio/voice-callback';
import { type CallRequest } from '../../src/twilio/voice-gateway';
import { inlineSpeechTwiml, voicemailTwiml } from '../../src/twilio/voice-twiml';
import { statusEventId } from '../../src/twilio/voice-webhook';
import { until } from '../support/until';
import { startVoiceBench, type VoiceBench } from './support/voice-bench';

const TO = '+15550100001';
const KEY = { messageId: `msg_${'a2'.repeat(16)}`, attempt: 1, step: 2 };
const SPEECH: CallSpeech = { text: 'The water is rising.', language: 'en-US', repeat: 2 };

let bench: VoiceBench;
beforeEach(async () => {
  bench = await startVoiceBench();
});
afterEach(() => bench.stop());

function request(): CallRequest {
  const menu = { language: SPEECH.language, offered: KEY_ANSWERS, round: 1 };
  const actionUrl = voiceCallbackUrl(bench.publicBaseUrl, { purpose: 'key', key: KEY, menu });
  const twiml = inlineSpeechTwiml(SPEECH, { offered: KEY_ANSWERS, actionUrl }) ?? '';
  return {
    to: TO,
    from: '+15550100100',
    key: KEY,
    instructions: { kind: 'inline', twiml },
    ringTimeoutSeconds: 30,
    timeLimitSeconds: 300,
    detectMachine: 'end_of_message',
  };
}

async function play(script: Partial<CallScriptInput> & Pick<CallScriptInput, 'fate'>): Promise<CallSid> {
  bench.simulator.control.scriptCalls({ to: TO, scripts: [{ calls: 'all', script: { secondMs: 1, ...script } }] });
  const callSid = await bench.gateway.placeCall(request());
  await bench.simulator.control.whenIdle();
  return callSid;
}

/** What the recorded events say, in the order in which they came. */
const verdict = (): CallVerdict =>
  callVerdict(bench.recorded.map(({ event }) => event).reduce(advanceCallState, NO_CALL_NEWS));
const heard = (callSid: CallSid): string[] =>
  (bench.simulator.control.calls({ callSid })[0]?.lines ?? []).map(({ kind, text }) => `${kind}: ${text}`);

/** What becomes of callbacks; the outcome has to be the same. */
const TOLD = [
  ['as it happens', {}],
  ['twice', { copies: 2 }],
  ['in reversed order', { order: 'reversed' }],
  ['in any order, three times', { order: 'shuffled', copies: 3 }],
] as const;

const FATES: readonly (readonly [string, CallScriptInput['fate'], CallVerdict])[] = [
  ['a person who presses 1', { kind: 'human', keys: ['1'] }, 'acknowledged'],
  ['a person who presses 1 the second time', { kind: 'human', keys: ['', '1'] }, 'acknowledged'],
  ['a person who presses 2', { kind: 'human', keys: ['2'] }, 'opted_out'],
  ['a person who presses 9', { kind: 'human', keys: ['9'] }, 'wants_person'],
  ['a person who presses a wrong key, then 1', { kind: 'human', keys: ['5', '1'] }, 'acknowledged'],
  ['a person who presses wrong keys only', { kind: 'human', keys: ['5', '#', '0', '1'] }, 'answered'],
  ['a person who listens', { kind: 'human' }, 'answered'],
  ['a person who hangs up', { kind: 'human', hangUpAfterMs: 2 }, 'answered'],
  ['a person who was taken for nobody', { kind: 'human', detectedAs: 'unknown' }, 'unproved'],
  [
    'a person taken for a machine, who presses 1',
    { kind: 'human', detectedAs: 'machine_start', keys: ['1'] },
    'acknowledged',
  ],
  ['a machine', { kind: 'machine' }, 'voicemail'],
  ['a fax', { kind: 'machine', detectedAs: 'fax' }, 'voicemail'],
  ['nobody', { kind: 'no-answer' }, 'no_answer'],
  ['a busy line', { kind: 'busy' }, 'busy'],
  ['a number that does not exist', { kind: 'failed' }, 'failed'],
  ['somebody else who cancels', { kind: 'canceled' }, 'canceled'],
];

describe.each(TOLD)('told %s', (_, webhooks) => {
  test.each(FATES)('%s', async (__, fate, expected) => {
    const callSid = await play({ fate, webhooks });
    expect(verdict()).toBe(expected);
    expect(bench.recorded.every(({ call }) => call.callSid === callSid && call.key.step === KEY.step)).toBe(true);
    expect(new Set(bench.recorded.map(({ call }) => call.key.messageId))).toEqual(new Set([KEY.messageId]));
  });
});

test.each(FATES)('callbacks that were lost are found by reading the call: %s', async (_, fate, expected) => {
  const callSid = await play({ fate, webhooks: { drop: true } });
  const { status, answeredBy, updatedAt } = await bench.gateway.fetchCall(callSid);
  bench.recorded.push({
    call: { key: KEY, callSid },
    event: {
      kind: 'status',
      eventId: statusEventId(callSid, status),
      callSid,
      at: updatedAt,
      status,
      ...(answeredBy === undefined ? {} : { answeredBy }),
    },
  });
  // Keys come with a request that needs an answer, and are not lost with the callbacks.
  expect(verdict()).toBe(expected);
});

test('a wrong key is answered with the menu until nobody believes in it any more', async () => {
  const callSid = await play({ fate: { kind: 'human', keys: ['5', '5', '5', '1'] } });
  const lines = heard(callSid);
  expect(lines.filter((line) => line === 'said: That key has no meaning here.')).toHaveLength(2);
  expect(lines.filter((line) => line === 'pressed: 5')).toHaveLength(3);
  expect(lines.at(-1)).toBe('said: Goodbye.');
  expect(lines).not.toContain('pressed: 1');
});

describe('somebody who wants to speak to a person', () => {
  const PERSON = '+15550100009';

  test.each([
    ['who takes it', { dialled: 'completed' }, 'put_through', 'connected: +15550100009'],
    ['who is busy', { dialled: 'busy' }, 'wants_person', 'said: Goodbye.'],
    ['who does not answer', { dialled: 'no-answer' }, 'wants_person', 'said: Goodbye.'],
  ] as const)('is put through to one %s', async (_, dialled, expected, last) => {
    bench.person = PERSON;
    const callSid = await play({ fate: { kind: 'human', keys: ['9'], ...dialled } });
    expect(verdict()).toBe(expected);
    expect(heard(callSid)).toContain('said: You are being connected.');
    expect(heard(callSid).at(-1)).toBe(last);
    expect(bench.recorded.map(({ event }) => event.kind)).toContain('dialled');
    const told = bench.simulator.control.webhooks().map(({ url }) => url);
    expect(told.filter((url) => url.includes('0100009'))).toEqual([]);
  });

  test('is promised one where no number is known', async () => {
    const callSid = await play({ fate: { kind: 'human', keys: ['9'] } });
    expect(heard(callSid)).toContain('said: Somebody will take care of you.');
    expect(verdict()).toBe('wants_person');
  });
});

test('a machine hears the message after its tone', async () => {
  const twiml = voicemailTwiml('Please call back.', SPEECH);
  bench.simulator.control.scriptCalls({ to: TO, scripts: [{ calls: 1, script: { fate: { kind: 'machine' } } }] });
  const callSid = await bench.gateway.placeCall(request());
  await until('the tone', () => bench.recorded.some(({ event }) => event.kind === 'answered_by'));
  expect(await bench.gateway.redirectCall(callSid, twiml)).toBe(true);
  await until('the message', () => heard(callSid).at(-1) === 'said: Please call back.');
  await bench.gateway.endCall(callSid);
  await bench.simulator.control.whenIdle();
  expect(verdict()).toBe('voicemail');
});

test('a call that is ended while it rings is canceled, and nobody hears anything', async () => {
  bench.simulator.control.scriptCalls({
    to: TO,
    scripts: [{ calls: 1, script: { fate: { kind: 'human' }, ringMs: 60_000 } }],
  });
  const callSid = await bench.gateway.placeCall(request());
  await until('ringing', async () => (await bench.gateway.fetchCall(callSid)).status === 'ringing');
  await bench.gateway.endCall(callSid);
  await bench.simulator.control.whenIdle();
  expect(verdict()).toBe('canceled');
  expect(heard(callSid)).toEqual([]);
});

test('a text that was too long to come with the call is served, with its menu', async () => {
  bench.served = { speech: { ...SPEECH, repeat: 1 }, offered: ['acknowledge'] };
  bench.simulator.control.scriptCalls({
    to: TO,
    scripts: [{ calls: 1, script: { fate: { kind: 'human', keys: ['1'] }, secondMs: 1 } }],
  });
  const callSid = await bench.gateway.placeCall({ ...request(), instructions: { kind: 'served' } });
  await bench.simulator.control.whenIdle();
  expect(heard(callSid).slice(0, 3)).toEqual([`said: ${SPEECH.text}`, 'said: Press 1 to acknowledge.', 'pressed: 1']);
  expect(verdict()).toBe('acknowledged');
});

test('a call whose message is gone says nothing', async () => {
  bench.simulator.control.scriptCalls({ to: TO, scripts: [{ calls: 1, script: { fate: { kind: 'human' } } }] });
  const callSid = await bench.gateway.placeCall({ ...request(), instructions: { kind: 'served' } });
  await bench.simulator.control.whenIdle();
  expect(heard(callSid)).toEqual([]);
});

describe('a request that is not Twilio’s', () => {
  const post = async (url: string, signature: string, body = ''): Promise<Response> =>
    fetch(url.replace(bench.publicBaseUrl, bench.origin), {
      method: 'POST',
      headers: { 'X-Twilio-Signature': signature, 'Content-Type': 'application/x-www-form-urlencoded' },
      body,
    });

  test('is refused without a signature', async () => {
    const answer = await post(voiceCallbackUrl(bench.publicBaseUrl, { purpose: 'status', key: KEY }), 'x');
    expect(answer.status).toBe(403);
    expect(bench.recorded).toEqual([]);
  });

  test('is refused when the query was changed, the signature being true', async () => {
    await play({ fate: { kind: 'human', keys: ['5', '1'] } });
    const [signed] = bench.simulator.control.webhooks().filter(({ url }) => url.includes('for=key'));
    const { url = '', signature = '', fields = {} } = signed ?? {};
    const before = bench.recorded.length;
    const body = new URLSearchParams(fields).toString();
    expect((await post(url.replace('attempt=1', 'attempt=2'), signature, body)).status).toBe(403);
    expect((await post(url, signature, body.replace('Digits=5', 'Digits=1'))).status).toBe(403);
    expect(bench.recorded).toHaveLength(before);
    expect((await post(url, signature, body)).status).toBe(200);
  });
});
