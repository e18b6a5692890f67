import { TemporalUnavailableError } from '../temporal/errors';
import { DatabaseUnavailableError } from '../database/database-error';
import { withoutNumbers } from '../twilio/redact';
import { TwilioError } from '../twilio/twilio-error';
import { type Finding, red } from './finding';

/** The finding of a check that failed: nothing is known, so it is red. */
export function explainError(error: unknown): Finding {
  const { message } = error instanceof Error ? error : new Error(String(error));
  return red({ what: 'This could not be checked.', why: withoutNumbers(message), remedy: remedyFor(error) });
}

function remedyFor(error: unknown): string {
  if (error instanceof TwilioError) {
    return error.fault === 'refused'
      ? 'Look the code up at https://www.twilio.com/docs/api/errors; check what the API key may do.'
      : 'Check the way to Twilio (TWILIO_API_BASE_URL, proxy, https://status.twilio.com) and run posthorn doctor again.';
  }
  if (error instanceof DatabaseUnavailableError) {
    return 'Check DATABASE_URL, the way to the server and the server, and run posthorn doctor again.';
  }
  if (error instanceof TemporalUnavailableError) {
    return 'Check TEMPORAL_ADDRESS, the way to the server and the server, and run posthorn doctor again.';
  }
  return 'Put right what the reason names, and run posthorn doctor again.';
}
