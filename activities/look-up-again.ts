import { ApplicationFailure } from '@temporalio/common';
import { type NewAttempt, type OpenCreate } from '../src/database/message-store';
import { type OpenConversation } from '../src/twilio/gateway';
import { TwilioError } from '../src/twilio/twilio-error';
import { type DeliverMessageInput } from '../workflows/contract';
import { findEarlier } from './find-earlier';
import { type HandOverDependencies } from './handover-context';
import { type HandedOver } from './store-created';
import { toNewMessage } from './to-new-message';
import { withHeartbeats } from './with-heartbeats';

export interface LookUpAgainInput {
  readonly message: DeliverMessageInput;
  /** An attempt of an earlier run. */
  readonly attempt: NewAttempt;
  readonly conversation: OpenConversation;
  /** Its create of which nobody knows what became. */
  readonly openCreate: OpenCreate;
  /** When it was begun, ISO 8601: its message is not older. */
  readonly startedAt: string;
}

export type LookUpResult = HandedOver | { readonly kind: 'absent' };

/**
 * Looks at Twilio for the message of an attempt that a run before ended without knowing what became of it. A message that is
 * found is taken for the attempt's, with its SID; when it is proved that there is none, the attempt is not looked for any more.
 * A refusal is not repeated: the account or the conversation is at fault, and the redrive ends for the same reason as the run before.
 */
export function createLookUpAgain(deps: HandOverDependencies) {
  return async function lookUpAgain(input: LookUpAgainInput): Promise<LookUpResult> {
    const { attempt, openCreate } = input;
    const message = toNewMessage(input.message);
    try {
      const found = await withHeartbeats(() => findEarlier(deps, { message, attempt }, input, openCreate.ageMs));
      if (found !== undefined) {
        return found;
      }
    } catch (error) {
      if (error instanceof TwilioError && error.fault === 'refused') {
        throw ApplicationFailure.nonRetryable(error.message, 'LookUpRefused', error.code ?? null);
      }
      throw error;
    }
    await deps.messages.withdrawCreate(message.messageId, attempt.number, openCreate.createId);
    return { kind: 'absent' };
  };
}
