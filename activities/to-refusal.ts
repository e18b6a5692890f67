import { type AttemptResult } from '../src/domain/attempt-result';
import { classifyError } from '../src/domain/error-catalogue';
import { type OptOutCode } from '../src/domain/opt-out-code';
import { type TwilioError } from '../src/twilio/twilio-error';

export type Refusal = Extract<AttemptResult, { kind: 'refused' }>;

/** Twilio's no, as the policy needs to know it. */
export function toRefusal(error: TwilioError, optOutCodes: readonly OptOutCode[]): Refusal {
  const { errorClass, meaning } = classifyError(error.code, optOutCodes);
  return {
    kind: 'refused',
    ...(error.code === undefined ? {} : { errorCode: error.code }),
    errorClass,
    reason: meaning,
  };
}
