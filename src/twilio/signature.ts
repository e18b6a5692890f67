import { validateRequest, validateRequestWithBody } from 'twilio/lib/webhooks/webhooks';
import { parseFormFields } from './form-fields';

/** A request as it came, before anything parsed it. */
export interface SignedRequest {
  /** The account's primary auth token; while it is being rotated, the secondary one too. API keys sign nothing. */
  readonly authTokens: readonly string[];
  /** Scheme, host and where needed port and path prefix under which Twilio knows this server, from configuration. */
  readonly publicBaseUrl: string;
  /** The request target as it came, such as `/webhooks/twilio/conversations?tenant=a`. */
  readonly pathAndQuery: string;
  readonly rawBody: Buffer;
  readonly contentType: string | undefined;
  /** The value of X-Twilio-Signature. */
  readonly signatureHeader: string | undefined;
}

/** Why a request does not count as Twilio's. For logs; the sender learns nothing but 403. */
export type SignatureRefusal =
  'no_auth_token' | 'no_signature' | 'malformed_url' | 'unsupported_content_type' | 'no_body_hash' | 'mismatch';

export type SignatureVerdict = { readonly ok: true } | { readonly ok: false; readonly reason: SignatureRefusal };

/**
 * Whether Twilio signed this request: the public URL and every form field, or for JSON the URL with the body's
 * SHA-256 in its query. Never throws. A signature proves who wrote a request, not when: it has no time in it.
 * Source: https://www.twilio.com/docs/usage/webhooks/webhooks-security
 */
export function verifyTwilioSignature(request: SignedRequest): SignatureVerdict {
  // Anyone can sign with an empty token.
  const authTokens = request.authTokens.filter((authToken) => authToken !== '');
  if (authTokens.length === 0) {
    return refused('no_auth_token');
  }
  if (request.signatureHeader === undefined || request.signatureHeader === '') {
    return refused('no_signature');
  }
  const url = publicUrl(request);
  if (url === undefined) {
    return refused('malformed_url');
  }
  if (url.searchParams.has('bodySHA256')) {
    // Whatever the content type says: it is not signed, and could be changed to have the body left out of the check.
    return verdict(authTokens, bodyHashCheck(request, url));
  }
  switch (bodyKind(request)) {
    case 'form':
      return verdict(authTokens, formCheck(request, url));
    case 'json':
      return refused('no_body_hash');
    case 'other':
      return refused('unsupported_content_type');
  }
}

type Check = (authToken: string) => boolean;

function formCheck({ rawBody, signatureHeader }: SignedRequest, url: PublicUrl): Check {
  const params = Object.fromEntries(
    [...parseFormFields(rawBody)].map(([name, values]) => [name, values.length === 1 ? values[0] : values]),
  );
  return (authToken) => validateRequest(authToken, signatureHeader ?? '', url.text, params);
}

function bodyHashCheck({ rawBody, signatureHeader }: SignedRequest, url: PublicUrl): Check {
  const body = rawBody.toString('utf8');
  return (authToken) => validateRequestWithBody(authToken, signatureHeader ?? '', url.text, body);
}

/** The SDK's check compares in constant time, and tries the URL with and without its standard port. */
function verdict(authTokens: readonly string[], isSignedWith: Check): SignatureVerdict {
  return authTokens.some(isSignedWith) ? { ok: true } : refused('mismatch');
}

interface PublicUrl {
  /** Exactly as it was signed: a URL object would encode some characters anew. */
  readonly text: string;
  readonly searchParams: URLSearchParams;
}

function publicUrl({ publicBaseUrl, pathAndQuery }: SignedRequest): PublicUrl | undefined {
  const text = `${publicBaseUrl.replace(/\/+$/, '')}${pathAndQuery}`;
  // A target that does not start with a slash would become part of the host.
  return pathAndQuery.startsWith('/') && URL.canParse(text)
    ? { text, searchParams: new URL(text).searchParams }
    : undefined;
}

/** A request without a body, such as a GET, has no content type and signs its URL alone. */
function bodyKind({ contentType, rawBody }: SignedRequest): 'form' | 'json' | 'other' {
  const mediaType = contentType?.split(';')[0]?.trim().toLowerCase() ?? '';
  if (mediaType === 'application/x-www-form-urlencoded' || (mediaType === '' && rawBody.length === 0)) {
    return 'form';
  }
  return mediaType === 'application/json' ? 'json' : 'other';
}

function refused(reason: SignatureRefusal): SignatureVerdict {
  return { ok: false, reason };
}
