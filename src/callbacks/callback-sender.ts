import http, { type IncomingMessage } from 'node:http';
import https from 'node:https';
import { type LookupFunction } from 'node:net';
import { useAgent as agentFor } from 'request-filtering-agent';
import { retryAfterMs } from '../twilio/retry-after';
import { describeSendFault } from './describe-send-fault';

/** How long a caller has for one try, from the look-up of its name to its answer, in milliseconds. */
export const CALLER_TIMEOUT_MS = 15_000;

/** An answer is read to its end so that the caller sees it taken, but nobody needs more of it than this. */
const MOST_ANSWER_BYTES = 64 * 1024;

/** What goes out in one try. */
export interface CallbackRequest {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** What came of one try. `problem` is in words, without the address. */
export type CallbackAnswer =
  | { readonly kind: 'taken' }
  /** 410: the caller wants no more of it. */
  | { readonly kind: 'gone'; readonly problem: string }
  | { readonly kind: 'failed'; readonly problem: string; readonly retryAfterMs?: number };

/** Calls a caller once. Never throws. */
export type CallbackSender = (request: CallbackRequest) => Promise<CallbackAnswer>;

export interface CallbackSenderOptions {
  /** Whether http, and private, loopback and link-local addresses will do. */
  readonly allowPrivate: boolean;
  readonly timeoutMs?: number;
  /** How names are looked up; without it by the system. */
  readonly lookup?: LookupFunction;
}

/**
 * A sender that looks at the address it connects to, after the name was looked up, and follows no redirect: one that leads to
 * a private address does not lead there, and the body goes to nobody whom the caller has not named.
 */
export function createCallbackSender(options: CallbackSenderOptions): CallbackSender {
  const { allowPrivate, timeoutMs = CALLER_TIMEOUT_MS } = options;
  return async ({ body, headers, url }) => {
    if (!allowPrivate && new URL(url).protocol !== 'https:') {
      return { kind: 'failed', problem: 'callbackUrl is not https, and POSTHORN_CALLBACK_ALLOW_PRIVATE is not true' };
    }
    const signal = AbortSignal.timeout(timeoutMs);
    try {
      const answer = await post(url, headers, body, signal, options);
      await drain(answer);
      return read(answer);
    } catch (error) {
      const problem = signal.aborted ? `the caller did not answer within ${timeoutMs} ms` : describeSendFault(error);
      return { kind: 'failed', problem };
    }
  };
}

/** Resolves with the head of the answer. */
function post(
  url: string,
  headers: Readonly<Record<string, string>>,
  body: string,
  signal: AbortSignal,
  { allowPrivate, lookup }: CallbackSenderOptions,
): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const target = new URL(url);
    const { request } = target.protocol === 'https:' ? https : http;
    const outgoing = request(target, {
      method: 'POST',
      headers: { ...headers, 'content-length': Buffer.byteLength(body) },
      agent: agentFor(target.href, { allowPrivateIPAddress: allowPrivate, keepAlive: false }),
      signal,
      ...(lookup === undefined ? {} : { lookup }),
    });
    outgoing.once('response', resolve).on('error', reject).end(body);
  });
}

/** The status says it all: what goes wrong with the rest of the answer changes nothing. */
async function drain(answer: IncomingMessage): Promise<void> {
  let bytes = 0;
  try {
    for await (const chunk of answer as AsyncIterable<Buffer>) {
      bytes += chunk.length;
      if (bytes > MOST_ANSWER_BYTES) {
        break;
      }
    }
  } catch {
    // The connection ended, or the time is over: the status was heard.
  } finally {
    answer.destroy();
  }
}

function read({ headers, statusCode = 0 }: IncomingMessage): CallbackAnswer {
  if (statusCode >= 200 && statusCode < 300) {
    return { kind: 'taken' };
  }
  if (statusCode === 410) {
    return { kind: 'gone', problem: 'the caller answered 410: it wants no more callbacks at this address' };
  }
  if (statusCode >= 300 && statusCode < 400) {
    const problem = `the caller answered ${statusCode}: posthorn follows no redirects, so callbackUrl has to be the last address`;
    return { kind: 'failed', problem };
  }
  const pauseMs = retryAfterMs(headers['retry-after'], Date.now());
  return {
    kind: 'failed',
    problem: `the caller answered ${statusCode}`,
    ...(pauseMs === undefined ? {} : { retryAfterMs: pauseMs }),
  };
}
