import fc from 'fast-check';
import twilio from 'twilio';
import { signWebhook } from '../../src/simulator/webhooks/signature';

test("signs Twilio's published example", () => {
  const fields = {
    CallSid: 'CA1234567890ABCDE',
    Caller: '+14158675310',
    Digits: '1234',
    From: '+14158675310',
    To: '+18005551212',
  };

  expect(signWebhook('12345', 'https://example.com/myapp.php?foo=1&bar=2', fields)).toBe(
    'L/OH5YylLD5NRKLltdqwSvS0BnU=',
  );
});

test('every signature holds for the official SDK', () => {
  const names = fc.string({ minLength: 1, unit: fc.constantFrom('a', 'Z', '.', '[', ']', '0') });
  fc.assert(
    fc.property(fc.dictionary(names, fc.string({ unit: 'grapheme' })), fc.string({ minLength: 1 }), (fields, token) => {
      const url = 'https://posthorn.example:8443/hook?x=%20&y=';

      expect(twilio.validateRequest(token, signWebhook(token, url, fields), url, fields)).toBe(true);
    }),
  );
});
