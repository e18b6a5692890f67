import fc from 'fast-check';
import { withoutNumbers } from '../../src/twilio/redact';

test.each([
  ['The To number +15550100001 is not valid', 'The To number [number] is not valid'],
  ['whatsapp:+447700900123 is unreachable', 'whatsapp:[number] is unreachable'],
  ['GET /x?Address=%2B15550100001', 'GET /x?Address=[number]'],
  ['Address=whatsapp%3A%2B15550100001&PageSize=50', 'Address=whatsapp%3A[number]&PageSize=50'],
  ['call 15550100001 now', 'call [number] now'],
  ['+1 (555) 010-0001', '[number]'],
])('hides the number in "%s"', (text, expected) => {
  expect(withoutNumbers(text)).toBe(expected);
});

test.each([
  'exists in Conversation CH0123456789abcdef0123456789abcdef',
  'CH12345678901234567890123456789012',
  'Twilio error 50416, HTTP 409',
])('leaves "%s" as it is', (text) => {
  expect(withoutNumbers(text)).toBe(text);
});

test('hides every E.164 number wherever it stands', () => {
  const digits = fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 7, maxLength: 15 }).map((all) => all.join(''));
  const around = fc.constantFrom(' ', '"', "'", ':', '=', '/', '(', ',', 'a');
  fc.assert(
    fc.property(digits, around, around, (number, before, after) => {
      expect(withoutNumbers(`x${before}+${number}${after}y`)).not.toContain(number);
    }),
  );
});

test('cuts long texts', () => {
  expect(withoutNumbers('word '.repeat(1000)).length).toBe(300);
});
