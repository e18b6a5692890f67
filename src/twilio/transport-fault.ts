/**
 * Thrown by the request client when no answer of Twilio's could be had.
 * It is made from the network error's code alone: the error itself holds credentials, numbers and texts.
 */
export class TransportFault extends Error {
  override readonly name = 'TransportFault';
  /** Whether it is certain that Twilio never got the request. */
  readonly wasNeverSent: boolean;
  /** Such as ECONNREFUSED; `UNKNOWN` when the error had none. */
  readonly networkCode: string;

  constructor(networkCode: string, wasNeverSent: boolean) {
    super(`${networkCode}: ${wasNeverSent ? 'the request was never sent' : 'the request may have arrived'}`);
    this.networkCode = networkCode;
    this.wasNeverSent = wasNeverSent;
  }
}

/** Certificate errors end the TLS handshake, before a byte of the request. Source: https://nodejs.org/docs/latest-v20.x/api/tls.html */
const HANDSHAKE_CODES: ReadonlySet<string> = new Set([
  'ERR_TLS_CERT_ALTNAME_INVALID',
  'CERT_HAS_EXPIRED',
  'CERT_NOT_YET_VALID',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
]);

/** System calls that come before the first byte of a request. */
const CALLS_BEFORE_SENDING: ReadonlySet<string> = new Set(['connect', 'getaddrinfo', 'queryA', 'queryAaaa']);

/** Tells from an error of the HTTP client what it proves. What proves nothing counts as possibly sent. */
export function toTransportFault(error: unknown): TransportFault {
  const code = property(error, 'code');
  return new TransportFault(typeof code === 'string' ? code : 'UNKNOWN', wasNeverSent(error));
}

function wasNeverSent(error: unknown): boolean {
  if (error instanceof AggregateError) {
    // Node tries every address of a host and collects the failures.
    return error.errors.length > 0 && error.errors.every(wasNeverSent);
  }
  const syscall = property(error, 'syscall');
  const code = property(error, 'code');
  if (typeof syscall === 'string' && CALLS_BEFORE_SENDING.has(syscall)) {
    return true;
  }
  if (typeof code === 'string' && HANDSHAKE_CODES.has(code)) {
    return true;
  }
  const cause = property(error, 'cause');
  return cause !== undefined && wasNeverSent(cause);
}

function property(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (Reflect.get(value, name) as unknown) : undefined;
}
