import { classifyError } from '../src/domain/error-catalogue';
import { type OptOutCode } from '../src/domain/opt-out-code';
import { TwilioError } from '../src/twilio/twilio-error';

/** Whether Twilio refused to show one message. A refusal because of the account, its key for instance, would be the same for every other. */
export function isAboutThisMessage(error: unknown, optOutCodes: readonly OptOutCode[]): error is TwilioError {
  return (
    error instanceof TwilioError &&
    error.fault === 'refused' &&
    classifyError(error.code, optOutCodes).errorClass !== 'config'
  );
}
