import { withoutNumbers } from './redact';
import { retryAfterMs } from './retry-after';

/**
 * Thrown by the request client when Twilio answered with anything but success.
 * Its message is Twilio's own text without phone numbers, so that it may be logged.
 */
export class TwilioAnswer extends Error {
  override readonly name = 'TwilioAnswer';
  readonly status: number;
  readonly code: number | undefined;
  readonly retryAfterMs: number | undefined;

  constructor(details: { status: number; code: number | undefined; text: string; retryAfterMs: number | undefined }) {
    super(withoutNumbers(details.text));
    this.status = details.status;
    this.code = details.code;
    this.retryAfterMs = details.retryAfterMs;
  }
}

/** An HTTP response as the SDK's request client gives it: a parsed body when it was JSON, else its text. */
export interface RawResponse {
  readonly statusCode: number;
  readonly body: unknown;
  readonly headers: unknown;
}

/**
 * Reads the error that a response carries: `{code, message, status}`, or the RFC 9457 form with `title` and `detail`.
 * An answer of something between here and Twilio (HTML, nothing) has a status alone.
 */
export function readTwilioAnswer(response: RawResponse, nowMs: number): TwilioAnswer {
  const body = asRecord(response.body);
  const { code } = body;
  const text = [body['message'], body['detail'], body['title']].find((part) => typeof part === 'string');
  return new TwilioAnswer({
    status: response.statusCode,
    code: typeof code === 'number' && code > 0 ? code : undefined,
    text: text ?? `HTTP ${response.statusCode} without an error that can be read`,
    retryAfterMs: retryAfterMs(asRecord(response.headers)['retry-after'], nowMs),
  });
}

function asRecord(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}
