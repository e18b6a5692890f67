import { type SendRequest } from '../../src/domain/send-request';
import { stepAt } from '../../src/domain/step-message';
import { parseSendRequest, type RequestDefaults } from '../../src/request/parse-send-request';

const SMS = '+12025550100';
const CALLER = '+12025550102';
const TO = '+12025550101';

function problems(
  step: object,
  request: object = { body: 'Hello' },
  senders: RequestDefaults['senders'] = { sms: SMS, voice: CALLER },
) {
  const parsed = parseSendRequest(
    { to: TO, ...request, policy: { escalation: [{ channel: 'voice', ...step }] } },
    { senders },
  );
  return parsed.ok ? [] : parsed.problems.map(({ message }) => message);
}

function request(...escalation: readonly object[]): SendRequest {
  const parsed = parseSendRequest({ to: TO, from: SMS, body: 'Hello', policy: { escalation } });
  if (!parsed.ok) {
    throw new Error(JSON.stringify(parsed.problems));
  }
  return parsed.request;
}

test.each([
  [
    'a sender',
    problems({}, undefined, { sms: SMS }),
    'policy.escalation[0].from is missing: no sender is known for voice: give from, or set TWILIO_VOICE_FROM or a pool voice:* in POSTHORN_SENDERS',
  ],
  [
    'something to say',
    problems({}, { content: { sid: `HX${'a'.repeat(32)}` } }),
    'policy.escalation[0].say is missing',
  ],
  ['a number that can be called', problems({ to: 'whatsapp:+12025550101' }), 'is an address for whatsapp'],
  ['time to ring', problems({ ringTimeout: '1s' }), 'is no time that a phone can ring'],
  [
    'something to leave on a machine',
    problems({ voicemail: '' }),
    'voicemail is empty: give what is left on a machine',
  ],
  ['a short message for a machine', problems({ voicemail: 'x'.repeat(601) }), 'is longer than 600 characters'],
  ['somebody to be put through to', problems({ connectTo: 'Bob' }), 'connectTo'],
  ['a number that can be dialled', problems({ connectTo: 'whatsapp:+12025550109' }), 'is an address for whatsapp'],
  ['somebody else to be put through to', problems({ connectTo: TO }), 'is a number of that call itself'],
  ['somebody else than its own recipient', problems({ to: '+12025550107', connectTo: '+1 202 555 0107' }), 'itself'],
  ['somebody else than its caller', problems({ from: CALLER, connectTo: CALLER }), 'is a number of that call itself'],
  ['a number of times', problems({ repeat: 6 }), 'repeat must be a whole number from 1 to 5'],
  ['a known language', problems({ language: 'en US' }), 'is not a language'],
  ['a known acknowledgement', problems({ acknowledge: 'smile' }), 'acknowledge is not known: give answer or keypress'],
])('a call needs %s', (_what, found, message) => {
  expect(found).toHaveLength(1);
  expect(found[0]).toContain(message);
});

test('a call takes what it leaves out from the message, but not its sender', () => {
  expect(stepAt(request({ channel: 'voice' }), 1)).toEqual({
    channel: 'voice',
    to: TO,
    speech: { text: 'Hello', language: 'en-US', repeat: 2 },
    offered: ['opt_out'],
    acknowledge: 'answer',
    ringTimeout: '30s',
  });
});

test('a call is said as often as its step says', () => {
  expect(stepAt(request({ channel: 'voice', repeat: 1 }), 1)).toMatchObject({ speech: { repeat: 1 } });
});

test('a call keeps what a machine hears and whom key 9 puts through to, and offers the key', () => {
  const step = { channel: 'voice', voicemail: 'Call us back.', connectTo: '+1 202 555 0109' };
  expect(stepAt(request(step), 1)).toMatchObject({
    voicemail: 'Call us back.',
    connectTo: '+12025550109',
    offered: ['opt_out', 'person'],
  });
});

test('a call offers a person only where the ladder still has one', () => {
  const human = { channel: 'human', queue: 'front-desk' };
  const call = { channel: 'voice', acknowledge: 'keypress' };
  expect(stepAt(request(call, human), 1)).toMatchObject({ offered: ['acknowledge', 'opt_out', 'person'] });
  expect(stepAt(request(human, call), 2)).toMatchObject({ offered: ['acknowledge', 'opt_out'] });
});
