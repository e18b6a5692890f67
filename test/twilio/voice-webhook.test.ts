import { parseSid } from '../../src/domain/sid';
import { readVoiceCallback, type VoiceCallback, voiceCallbackUrl } from '../../src/twilio/voice-callback';
import { parseVoiceWebhook, statusEventId } from '../../src/twilio/voice-webhook';

const hex = (digit: string): string => digit.repeat(32);
const callSid = parseSid(`CA${hex('1')}`, 'CA');
const accountSid = parseSid(`AC${hex('2')}`, 'AC');
const conversationSid = parseSid(`CH${hex('3')}`, 'CH');
const KEY = { messageId: `msg_${'a2'.repeat(16)}`, attempt: 3, step: 1 };
const MENU = { language: 'de-DE', offered: ['acknowledge', 'person'], round: 2 } as const;
const RECEIVED_AT = '2026-01-01T12:00:00.000Z';

const STATUS: VoiceCallback = { purpose: 'status', key: KEY, conversationSid };
const PRESSED: VoiceCallback = { purpose: 'key', key: KEY, menu: MENU };

const queryOf = (callback: VoiceCallback): URLSearchParams =>
  new URL(voiceCallbackUrl('https://posthorn.example/', callback)).searchParams;

function parse(callback: VoiceCallback, fields: Readonly<Record<string, string>>) {
  const form = new URLSearchParams({ AccountSid: accountSid, CallSid: callSid, ...fields });
  return parseVoiceWebhook(Buffer.from(form.toString()), queryOf(callback), RECEIVED_AT);
}

test('a callback URL says what it is for and whose call it is, and reads back', () => {
  expect(voiceCallbackUrl('https://posthorn.example/base/', STATUS)).toMatch(
    /^https:\/\/posthorn\.example\/base\/webhooks\/twilio\/voice\?/,
  );
  for (const callback of [
    STATUS,
    PRESSED,
    { purpose: 'speech', key: KEY },
    { purpose: 'answerer', key: KEY },
  ] as const) {
    expect(readVoiceCallback(queryOf(callback))).toEqual(callback);
  }
});

test.each([
  ['for', 'nothing'],
  ['messageId', 'msg_1'],
  ['attempt', '-1'],
  ['step', ''],
  ['round', 'x'],
  ['language', '"/><Dial>'],
])('a query whose %s is %j is none of ours', (name, value) => {
  const query = queryOf(PRESSED);
  query.set(name, value);
  expect(readVoiceCallback(query)).toBeUndefined();
});

test('a status callback becomes an event with its number, time and details', () => {
  const fields = {
    CallStatus: 'completed',
    SequenceNumber: '3',
    Timestamp: 'Fri, 02 Jan 2026 03:04:05 +0000',
    CallDuration: '17',
    SipResponseCode: '200',
    AnsweredBy: 'human',
    CallbackSource: 'call-progress-events',
    ToCity: 'somewhere',
  };
  expect(parse(STATUS, fields)).toEqual({
    ok: true,
    event: {
      purpose: 'status',
      accountSid,
      callSid,
      key: KEY,
      conversationSid,
      event: {
        kind: 'status',
        eventId: statusEventId(callSid, 'completed', 3),
        callSid,
        at: '2026-01-02T03:04:05.000Z',
        status: 'completed',
        sequence: 3,
        answeredBy: 'human',
        durationSeconds: 17,
        sipResponseCode: 200,
      },
    },
  });
});

test('details that cannot be read cost nothing but themselves', () => {
  const parsed = parse(STATUS, {
    CallStatus: 'ringing',
    SequenceNumber: 'one',
    AnsweredBy: 'Human!',
    Timestamp: 'now',
  });
  const event = {
    kind: 'status',
    eventId: statusEventId(callSid, 'ringing'),
    callSid,
    at: RECEIVED_AT,
    status: 'ringing',
  };
  expect(parsed).toMatchObject({ ok: true, event: { event } });
});

test.each([
  ['1', 'acknowledge'],
  ['9', 'person'],
  ['2', 'other'],
  ['', 'other'],
  ['4111', 'other'],
])('the keys %j are kept as what they mean among those offered: %s', (digits, key) => {
  const parsed = parse(PRESSED, { Digits: digits, msg: 'Gather End' });
  expect(parsed).toMatchObject({ ok: true, event: { purpose: 'key', menu: MENU, event: { kind: 'key', key } } });
  expect(JSON.stringify(parsed)).not.toContain('4111');
});

test('asynchronous detection and a request for text', () => {
  const detected = parse({ purpose: 'answerer', key: KEY }, { AnsweredBy: 'machine_end_beep' });
  expect(detected).toMatchObject({
    ok: true,
    event: { event: { kind: 'answered_by', answeredBy: 'machine_end_beep' } },
  });
  expect(parse({ purpose: 'speech', key: KEY }, {})).toEqual({
    ok: true,
    event: { purpose: 'speech', accountSid, callSid, key: KEY },
  });
});

test.each([
  ['CallSid', STATUS, { CallSid: `CH${hex('1')}`, CallStatus: 'ringing' }],
  ['AccountSid', STATUS, { AccountSid: '', CallStatus: 'ringing' }],
  ['CallStatus', STATUS, {}],
  ['AnsweredBy', { purpose: 'answerer', key: KEY } as const, {}],
  ['fields', STATUS, { CallStatus: 'ringing', '3Direction': 'outbound-api' }],
])('says what is wrong with %s', (field, callback, fields) => {
  const parsed = parse(callback, fields as Record<string, string>);
  expect(parsed).toMatchObject({ ok: false, problems: [expect.stringContaining(`${field} `)] });
});

test('a query without a key of ours is refused', () => {
  const form = new URLSearchParams({ AccountSid: accountSid, CallSid: callSid, CallStatus: 'ringing' });
  const parsed = parseVoiceWebhook(Buffer.from(form.toString()), new URLSearchParams('for=status'), RECEIVED_AT);
  expect(parsed).toMatchObject({ ok: false, problems: [expect.stringMatching(/^for .*query/)] });
});
