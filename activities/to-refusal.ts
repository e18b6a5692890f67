import { type AttemptResult } from '../src/domain/attempt-result';
import { classifyError } from '../src/domain/error-catalogue';
import { type OptOutCode } from '../src/domain/opt-out-code';
import { CREATE_CONVERSATION } from '../src/twilio/conversation-requests';
import { RESOURCE_MISSING } from '../src/twilio/error-codes';
import { SharedPairError } from '../src/twilio/shared-pair-error';
import { type TwilioError } from '../src/twilio/twilio-error';

export type Refusal = Extract<AttemptResult, { kind: 'refused' }>;

const SHARED_PAIR =
  'sender and recipient are together in a conversation with others, who would get the message as well; give another sender (from) or another channel';

const SERVICE_MISSING = 'the conversation service of TWILIO_CONVERSATIONS_SERVICE_SID does not exist in this account';

/** Twilio's no, as the policy needs to know it. */
export function toRefusal(error: TwilioError, optOutCodes: readonly OptOutCode[]): Refusal {
  if (error instanceof SharedPairError) {
    return { kind: 'refused', errorClass: 'recipient', reason: SHARED_PAIR };
  }
  if (isServiceMissing(error)) {
    return { kind: 'refused', errorCode: error.code, errorClass: 'config', reason: SERVICE_MISSING };
  }
  const { errorClass, meaning } = classifyError(error.code, optOutCodes);
  return {
    kind: 'refused',
    ...(error.code === undefined ? {} : { errorCode: error.code }),
    errorClass,
    reason: meaning,
  };
}

/** Where a conversation is made nothing else is named that might not exist: it is not this message that is at fault. */
function isServiceMissing(error: TwilioError): error is TwilioError & { readonly code: number } {
  return error.code === RESOURCE_MISSING && error.operation === CREATE_CONVERSATION;
}
