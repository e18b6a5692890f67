/**
 * What went wrong with a call to Twilio, told apart by what it proves.
 * - `refused`: Twilio answered no (4xx), mostly with an error code; nothing was created.
 * - `rate_limited`: answered 429, or with a code for too many requests; nothing was processed, safe to repeat after `retryAfterMs`.
 * - `unreachable`: no answer that helps (refused connection, unknown host; for what is harmless to repeat also a
 *   time-out, a reset or a 5xx); safe to repeat.
 * - `ambiguous`: a message or a call may have been created, or a call may say what it was to say (time-out, reset, 5xx), or a search
 *   for one was given up.
 */
export type TwilioFault = 'refused' | 'rate_limited' | 'unreachable' | 'ambiguous';

/**
 * The only error that leaves the gateway. Its message names the operation and Twilio's code, never an address or a text.
 * The cause, where there is one, is as safe: Twilio's words without phone numbers, or the code of the network error.
 */
export class TwilioError extends Error {
  override readonly name = 'TwilioError';
  readonly fault: TwilioFault;
  readonly operation: string;
  /** HTTP status, when there was an answer. */
  readonly status: number | undefined;
  /** Twilio's error code, when the answer had one. Source: https://www.twilio.com/docs/api/errors */
  readonly code: number | undefined;
  /** From the Retry-After header of a 429 or a 5xx, in milliseconds. */
  readonly retryAfterMs: number | undefined;

  constructor(details: {
    fault: TwilioFault;
    operation: string;
    status?: number | undefined;
    code?: number | undefined;
    retryAfterMs?: number | undefined;
    cause?: unknown;
  }) {
    const { fault, operation, status, code, retryAfterMs, cause } = details;
    const answer = code === undefined ? (status === undefined ? '' : ` (HTTP ${status})`) : ` (error ${code})`;
    super(`Twilio ${operation}: ${fault.replace('_', ' ')}${answer}`, cause === undefined ? undefined : { cause });
    this.fault = fault;
    this.operation = operation;
    this.status = status;
    this.code = code;
    this.retryAfterMs = retryAfterMs;
  }
}
