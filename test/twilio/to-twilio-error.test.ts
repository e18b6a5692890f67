import { inspect } from 'node:util';
import { TransportFault } from '../../src/twilio/transport-fault';
import { readTwilioAnswer } from '../../src/twilio/twilio-answer';
import { type Repeatability, toTwilioError } from '../../src/twilio/to-twilio-error';
import { type TwilioFault } from '../../src/twilio/twilio-error';

const NOW_MS = 0;

function answer(statusCode: number, code?: number, headers: Record<string, string> = {}): Error {
  return readTwilioAnswer({ statusCode, body: { code, message: 'no', status: statusCode }, headers }, NOW_MS);
}

test.each<readonly [string, Repeatability, Error, TwilioFault]>([
  ['a 4xx with a code', 'once', answer(400, 50407), 'refused'],
  ['a 4xx without one', 'once', answer(404), 'refused'],
  ['a 429', 'once', answer(429, 20429), 'rate_limited'],
  ['a code for too many requests under another status', 'once', answer(400, 50063), 'rate_limited'],
  ['the other code for too many requests', 'once', answer(503, 50074), 'rate_limited'],
  ['a 5xx on a create', 'once', answer(503, 20503), 'ambiguous'],
  ['a 5xx on what may be repeated', 'repeatable', answer(500), 'unreachable'],
  ['a lost answer on a create', 'once', new TransportFault('ECONNRESET', false), 'ambiguous'],
  ['a lost answer on what may be repeated', 'repeatable', new TransportFault('ECONNRESET', false), 'unreachable'],
  ['a create that was never sent', 'once', new TransportFault('ECONNREFUSED', true), 'unreachable'],
  ['an answer that cannot be read, on a create', 'once', new SyntaxError('Unexpected end of JSON input'), 'ambiguous'],
])('%s: %s', (_name, repeatability, error, fault) => {
  expect(toTwilioError('create message', repeatability, error)).toMatchObject({ fault, operation: 'create message' });
});

test('status, code and the time to wait are kept', () => {
  expect(toTwilioError('list receipts', 'repeatable', answer(429, 20429, { 'retry-after': '3' }))).toMatchObject({
    status: 429,
    code: 20429,
    retryAfterMs: 3000,
  });
});

test('no address or answer text reaches the error, its cause or its stack', () => {
  const body = { code: 50407, message: 'Invalid address +15550100001', status: 400 };
  const refused = toTwilioError(
    'add participant',
    'repeatable',
    readTwilioAnswer({ statusCode: 400, body, headers: {} }, NOW_MS),
  );
  const unreadable = toTwilioError(
    'create message',
    'once',
    new SyntaxError('Unexpected token in {"body":"see you at 8"'),
  );
  expect(inspect(refused, { depth: 5 })).not.toContain('5550100001');
  expect(inspect(unreadable, { depth: 5 })).not.toContain('see you');
  expect(refused.message).toBe('Twilio add participant: refused (error 50407)');
});
