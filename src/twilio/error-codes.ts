import { codesWith } from '../domain/error-catalogue';
import { TwilioError } from './twilio-error';

/**
 * The codes that decide what the gateway itself does next. Which of them say that something exists already, or can be used no more, is the
 * error table's word (`reuse`, `recreate`); so is what a code means for a message.
 * Source: https://www.twilio.com/docs/api/errors
 */

/** Too many requests: nothing was processed. */
export const RATE_LIMIT_CODES: ReadonlySet<number> = new Set([20429, 50063, 50074]);

/** The unique name is taken by another conversation. */
export const UNIQUE_NAME_TAKEN = 50353;

/** The conversation is closed, for good. */
export const CONVERSATION_CLOSED = 50377;

/** The call has ended, or has not begun: it can be changed no more, or not yet. */
export const CALL_NOT_IN_PROGRESS = 21220;

/** Something that the request names does not exist. */
export const RESOURCE_MISSING = 20404;

/** There is no such conversation, or no longer. */
export const CONVERSATION_GONE_CODES = others(codesWith('recreate'), CONVERSATION_CLOSED);

/** The participant or its address pair is in a conversation already: this one, or one that the answer's text names. */
export const PARTICIPANT_EXISTS_CODES = others(codesWith('reuse'), UNIQUE_NAME_TAKEN);

/** A change by somebody else was under way; the same request succeeds a moment later. */
export const CONFLICT_CODES: ReadonlySet<number> = new Set([20409, 50386, 50391, 50419, 50449]);

function others(codes: readonly number[], but: number): ReadonlySet<number> {
  return new Set(codes.filter((code) => code !== but));
}

/** Whether Twilio refused a call with the code, or with one of the codes. */
export function isRefusedWith(error: unknown, codes: ReadonlySet<number> | number): error is TwilioError {
  if (!(error instanceof TwilioError) || error.fault !== 'refused' || error.code === undefined) {
    return false;
  }
  return typeof codes === 'number' ? error.code === codes : codes.has(error.code);
}
