import { ApplicationFailure, ApplicationFailureCategory } from '@temporalio/common';
import { TwilioError } from '../src/twilio/twilio-error';
import { SEND_FAILURES } from '../workflows/contract';
import { type Trail } from './handover-context';

/**
 * A failed try as Temporal takes it: always repeated, after Twilio's own Retry-After where it gave one,
 * and typed by what is proved. Benign: trouble that heals itself must not page anybody.
 */
export function toSendFailure(error: unknown, trail: Trail): ApplicationFailure {
  if (error instanceof ApplicationFailure) {
    return error;
  }
  const twilioError = error instanceof TwilioError ? error : undefined;
  return ApplicationFailure.create({
    type: trail.mayBeAtTwilio ? SEND_FAILURES.unknown : SEND_FAILURES.notHandedOver,
    message: error instanceof Error ? error.message : 'unknown failure',
    details: [twilioError?.code ?? null],
    category: ApplicationFailureCategory.BENIGN,
    ...(twilioError?.retryAfterMs === undefined ? {} : { nextRetryDelay: twilioError.retryAfterMs }),
  });
}
