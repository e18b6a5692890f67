import { ApplicationFailure, ApplicationFailureCategory } from '@temporalio/common';
import { TwilioError } from '../src/twilio/twilio-error';

/** What kept a poll from going on, as Temporal takes it: repeated after Twilio's own Retry-After where it gave one. */
export function toPollFailure(error: unknown): unknown {
  if (!(error instanceof TwilioError)) {
    return error;
  }
  return ApplicationFailure.create({
    type: 'TwilioUnavailable',
    message: error.message,
    category: ApplicationFailureCategory.BENIGN,
    ...(error.retryAfterMs === undefined ? {} : { nextRetryDelay: error.retryAfterMs }),
  });
}
