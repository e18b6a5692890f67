import { attemptAttributes, readAttemptKey } from '../../src/twilio/attempt-attributes';

test('the key comes back from the Attributes, whatever else they hold', () => {
  const key = { messageId: 'msg_1', attempt: 3 };
  const attributes = { ...(JSON.parse(attemptAttributes(key)) as object), other: 'theirs' };
  expect(readAttemptKey(attemptAttributes(key))).toEqual(key);
  expect(readAttemptKey(JSON.stringify(attributes))).toEqual(key);
});

test('a key takes one property, so that Attributes of others are not disturbed', () => {
  expect(JSON.parse(attemptAttributes({ messageId: 'msg_1', attempt: 1 }))).toEqual({
    posthorn: { messageId: 'msg_1', attempt: 1 },
  });
});

test.each([
  '',
  '{}',
  'null',
  '[]',
  'no json',
  '{"posthorn":"x"}',
  '{"posthorn":{"messageId":"m"}}',
  '{"posthorn":{"messageId":"m","attempt":0}}',
])('finds no key in %s', (attributes) => {
  expect(readAttemptKey(attributes)).toBeUndefined();
});
