import { createHash, createHmac } from 'node:crypto';
import { type SignedRequest, verifyTwilioSignature } from '../../src/twilio/signature';

const AUTH_TOKEN = '12345';
const FORM = 'application/x-www-form-urlencoded';

/** HMAC-SHA1 as Twilio documents it, written apart from the code under test. */
function sign(url: string, fields: readonly (readonly [string, string])[], authToken = AUTH_TOKEN): string {
  const sorted = [...fields].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  const text = sorted.reduce((sum, [name, value]) => sum + name + value, url);
  return createHmac('sha1', authToken).update(text, 'utf8').digest('base64');
}

function encode(fields: readonly (readonly [string, string])[]): Buffer {
  return Buffer.from(fields.map((pair) => pair.map(encodeURIComponent).join('=')).join('&'));
}

const VECTOR_FIELDS = [
  ['CallSid', 'CA1234567890ABCDE'],
  ['Caller', '+14158675310'],
  ['Digits', '1234'],
  ['From', '+14158675310'],
  ['To', '+18005551212'],
] as const;

/** The vector that Twilio publishes with its description of the signature. */
const PUBLISHED: SignedRequest = {
  authTokens: [AUTH_TOKEN],
  publicBaseUrl: 'https://example.com',
  pathAndQuery: '/myapp.php?foo=1&bar=2',
  rawBody: encode(VECTOR_FIELDS),
  contentType: FORM,
  signatureHeader: 'L/OH5YylLD5NRKLltdqwSvS0BnU=',
};

function signedForm(url: string, fields: readonly (readonly [string, string])[]): SignedRequest {
  const { origin, pathname, search } = new URL(url);
  return {
    ...PUBLISHED,
    publicBaseUrl: origin,
    pathAndQuery: pathname + search,
    rawBody: encode(fields),
    signatureHeader: sign(url, fields),
  };
}

describe('accepts what Twilio signed', () => {
  const hook = 'https://example.com/hook';
  const accepted: readonly (readonly [string, SignedRequest])[] = [
    ['the published vector', PUBLISHED],
    ['a content type with a charset', { ...PUBLISHED, contentType: `${FORM}; charset=UTF-8` }],
    ['fields in any order', { ...PUBLISHED, rawBody: encode(VECTOR_FIELDS.toReversed()) }],
    ['an empty value', signedForm(hook, [['Body', ''], ['From', '+15550100001']])], // prettier-ignore
    ['an empty value without an equals sign', { ...signedForm(hook, [['Body', '']]), rawBody: Buffer.from('Body') }],
    ['untrimmed values', signedForm(hook, [['Body', '  STOP \n']])],
    ['a plus for a space', { ...signedForm(hook, [['Body', 'a b']]), rawBody: Buffer.from('Body=a+b') }],
    ['an encoded plus', { ...signedForm(hook, [['Body', 'a+b']]), rawBody: Buffer.from('Body=a%2Bb') }],
    ['non-ASCII text', signedForm(hook, [['Body', 'Grüße aus Zürich 🎺'], ['City', '東京']])], // prettier-ignore
    ['names with dots and brackets', signedForm(hook, [['MessagingBinding.Address', '+15550100001'], ['a[b]', '1'], ['a[c]', '2']])], // prettier-ignore
    ['a name that JavaScript treats specially', signedForm(hook, [['__proto__', 'x'], ['constructor', 'y']])], // prettier-ignore
    ['a repeated name with different values', signedForm(hook, [['MediaUrl', 'a'], ['MediaUrl', 'b']])], // prettier-ignore
    ['a repeated name with its values unsorted', { ...signedForm(hook, [['MediaUrl', 'a'], ['MediaUrl', 'b']]), rawBody: Buffer.from('MediaUrl=b&MediaUrl=a') }], // prettier-ignore
    ['characters in the query that URL objects encode anew', { ...PUBLISHED, pathAndQuery: "/hook?name=O'Brien", signatureHeader: sign("https://example.com/hook?name=O'Brien", VECTOR_FIELDS) }], // prettier-ignore
    ['a base URL that ends with a slash', { ...PUBLISHED, publicBaseUrl: 'https://example.com/' }],
    ['a base URL with a path', { ...PUBLISHED, publicBaseUrl: 'https://example.com/posthorn', signatureHeader: sign('https://example.com/posthorn/myapp.php?foo=1&bar=2', VECTOR_FIELDS) }], // prettier-ignore
    ['a signature over the URL with the standard port', { ...PUBLISHED, signatureHeader: sign('https://example.com:443/myapp.php?foo=1&bar=2', VECTOR_FIELDS) }], // prettier-ignore
    [
      'a signature over the URL without the configured port',
      { ...PUBLISHED, publicBaseUrl: 'https://example.com:8443' },
    ],
    ['a signature over the URL with the configured port', { ...PUBLISHED, publicBaseUrl: 'https://example.com:8443', signatureHeader: sign('https://example.com:8443/myapp.php?foo=1&bar=2', VECTOR_FIELDS) }], // prettier-ignore
    ['the second token during a rotation', { ...PUBLISHED, authTokens: ['new-token', AUTH_TOKEN] }],
    ['a request without a body', { ...PUBLISHED, rawBody: Buffer.alloc(0), contentType: undefined, signatureHeader: sign('https://example.com/myapp.php?foo=1&bar=2', []) }], // prettier-ignore
  ];
  test.each(accepted)('%s', (_name, request) => {
    expect(verifyTwilioSignature(request)).toEqual({ ok: true });
  });
});

describe('refuses everything else', () => {
  const changed = VECTOR_FIELDS.map(([name, value]) => [name, name === 'Digits' ? '1235' : value] as const);
  const refused: readonly (readonly [string, string, Partial<SignedRequest>])[] = [
    ['a changed value', 'mismatch', { rawBody: encode(changed) }],
    ['an added field', 'mismatch', { rawBody: encode([...VECTOR_FIELDS, ['Extra', '']]) }],
    ['a field repeated with another value', 'mismatch', { rawBody: encode([...VECTOR_FIELDS, ['Digits', '9']]) }],
    ['a missing field', 'mismatch', { rawBody: encode(VECTOR_FIELDS.slice(1)) }],
    ['another body altogether', 'mismatch', { rawBody: Buffer.from('EventType=onDeliveryUpdated') }],
    ['an empty body', 'mismatch', { rawBody: Buffer.alloc(0) }],
    ['another path', 'mismatch', { pathAndQuery: '/other.php?foo=1&bar=2' }],
    ['another query', 'mismatch', { pathAndQuery: '/myapp.php?foo=1&bar=3' }],
    ['http instead of https', 'mismatch', { publicBaseUrl: 'http://example.com' }],
    ['another host', 'mismatch', { publicBaseUrl: 'https://example.org' }],
    ['another token', 'mismatch', { authTokens: ['54321'] }],
    ['a signature of another length', 'mismatch', { signatureHeader: 'short' }],
    ['no signature', 'no_signature', { signatureHeader: undefined }],
    ['an empty signature', 'no_signature', { signatureHeader: '' }],
    ['no token configured', 'no_auth_token', { authTokens: [] }],
    [
      'an empty token, which anyone could sign with',
      'no_auth_token',
      { authTokens: [''], signatureHeader: sign('https://example.com/myapp.php?foo=1&bar=2', VECTOR_FIELDS, '') },
    ],
    ['a base URL that is none', 'malformed_url', { publicBaseUrl: 'example.com' }],
    ['a host that is none', 'malformed_url', { publicBaseUrl: 'https://exa mple.com' }],
    ['a target that would change the host', 'malformed_url', { pathAndQuery: '.evil.example/hook' }],
    ['an absolute target', 'malformed_url', { pathAndQuery: 'https://example.com/myapp.php?foo=1&bar=2' }],
    ['a body that is neither form nor JSON', 'unsupported_content_type', { contentType: 'text/plain' }],
    ['a body without a content type', 'unsupported_content_type', { contentType: undefined }],
    ['JSON without a body hash', 'no_body_hash', { contentType: 'application/json' }],
  ];
  test.each(refused)('%s: %s', (_name, reason, change) => {
    expect(verifyTwilioSignature({ ...PUBLISHED, ...change })).toEqual({ ok: false, reason });
  });
});

describe('JSON with bodySHA256', () => {
  const body = JSON.stringify({ event: 'delivered', text: 'Grüße' });
  const hash = createHash('sha256').update(body).digest('hex');
  const pathAndQuery = `/hook?bodySHA256=${hash}`;
  const request: SignedRequest = {
    ...PUBLISHED,
    pathAndQuery,
    rawBody: Buffer.from(body),
    contentType: 'application/json',
    signatureHeader: sign(`https://example.com${pathAndQuery}`, []),
  };

  test('is accepted', () => {
    expect(verifyTwilioSignature(request)).toEqual({ ok: true });
  });

  test.each<readonly [string, Partial<SignedRequest>]>([
    ['a changed body', { rawBody: Buffer.from(body.replace('delivered', 'failed')) }],
    ['a hash of another body', { pathAndQuery: `/hook?bodySHA256=${hash.replace(/./, 'x')}` }],
    ['the content type changed to a form, the body left out', { contentType: FORM, rawBody: Buffer.alloc(0) }],
    ['the content type and body left out', { contentType: undefined, rawBody: Buffer.alloc(0) }],
  ])('refuses %s', (_name, change) => {
    expect(verifyTwilioSignature({ ...request, ...change })).toEqual({ ok: false, reason: 'mismatch' });
  });
});
