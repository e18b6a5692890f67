import { parseSendRequest, type RequestDefaults } from '../../src/request/parse-send-request';

const problemsOf = (callbackUrl: unknown, callbacks?: RequestDefaults['callbacks']): readonly string[] => {
  const parsed = parseSendRequest({ to: '+12025550101', body: 'Hello', callbackUrl }, { callbacks });
  return parsed.ok ? [] : parsed.problems.map(({ field, message }) => `${field}: ${message}`);
};
const STRICT = { allowPrivate: false, hasSecret: true };

it.each(['https://example.com', 'HTTPS://example.com:8443/a?b=c', 'https://[2001:db8::1]/hook'])('takes %s', (url) => {
  expect(problemsOf(url, STRICT)).toEqual([]);
  const parsed = parseSendRequest({ to: '+12025550101', body: 'Hello', callbackUrl: url });
  expect(parsed).toMatchObject({ ok: true, request: { callbackUrl: url } });
});

it('leaves http and the secret to the configuration, where there is one', () => {
  const url = 'http://example.com';
  expect(problemsOf(url)).toEqual([]);
  expect(problemsOf(url, { allowPrivate: true, hasSecret: true })).toEqual([]);
  expect(problemsOf(url, { allowPrivate: false, hasSecret: false })).toHaveLength(2);
});

it.each(['', 'example.com/hook', 'javascript:alert(1)', 'file:///etc/passwd', null, ['https://example.com']])(
  'refuses %p and names the field and the remedy',
  (url) => {
    expect(problemsOf(url, STRICT)).toEqual([expect.stringMatching(/^callbackUrl: callbackUrl is .*: give /)]);
  },
);
