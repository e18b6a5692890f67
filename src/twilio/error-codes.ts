import { TwilioError } from './twilio-error';

/**
 * The codes that decide what the gateway itself does next. What a code means for a message is the error catalogue's.
 * Source: https://www.twilio.com/docs/api/errors
 */

/** Too many requests: nothing was processed. */
export const RATE_LIMIT_CODES: ReadonlySet<number> = new Set([20429, 50063, 50074]);

/** The unique name is taken by another conversation. */
export const UNIQUE_NAME_TAKEN = 50353;

/** The conversation is closed, for good. */
export const CONVERSATION_CLOSED = 50377;

/** There is no such conversation, or no longer. */
export const CONVERSATION_GONE_CODES: ReadonlySet<number> = new Set([20404, 50350]);

/** The participant or its address pair is in a conversation already: this one, or one that the answer's text names. */
export const PARTICIPANT_EXISTS_CODES: ReadonlySet<number> = new Set([50416, 50425, 50433, 50437, 50438]);

/** A change by somebody else was under way; the same request succeeds a moment later. */
export const CONFLICT_CODES: ReadonlySet<number> = new Set([20409, 50386, 50391, 50419, 50449]);

/** Whether Twilio refused a call with the code, or with one of the codes. */
export function isRefusedWith(error: unknown, codes: ReadonlySet<number> | number): error is TwilioError {
  if (!(error instanceof TwilioError) || error.fault !== 'refused' || error.code === undefined) {
    return false;
  }
  return typeof codes === 'number' ? error.code === codes : codes.has(error.code);
}
