import { ApplicationFailure } from '@temporalio/common';
import { type DeadLetterStore, type TakeUp } from '../src/database/dead-letter-store';
import { type OptOutCode } from '../src/domain/opt-out-code';
import { type Outcome } from '../src/domain/outcome';

export interface TakeUpMessageInput {
  readonly messageId: string;
  /** Which redrive, from 1. */
  readonly redrive: number;
}

/** What the run of a redrive begins with. */
export type TakenUp =
  | (Extract<TakeUp, { kind: 'taken_up' }> & {
      /** The configured codes that mean an opt-out: the workflow has no configuration of its own. */
      readonly optOutCodes: readonly OptOutCode[];
    })
  /** Another run brought this redrive to its end. */
  | { readonly kind: 'over'; readonly outcome: Outcome; readonly requestHash?: string };

export interface TakeUpMessageDependencies {
  readonly deadLetters: Pick<DeadLetterStore, 'takeUp'>;
  readonly optOutCodes: readonly OptOutCode[];
}

/**
 * Reads what earlier runs of a message did, for the run that a redrive has started. Repeating it changes nothing.
 * Throws ApplicationFailure `MessageGone` when the message is not there any more: nothing may be sent for it then.
 */
export function createTakeUpMessage({ deadLetters, optOutCodes }: TakeUpMessageDependencies) {
  return async function takeUpMessage({ messageId, redrive }: TakeUpMessageInput): Promise<TakenUp> {
    const found = await deadLetters.takeUp(messageId, redrive);
    if (found.kind === 'taken_up') {
      return { ...found, optOutCodes };
    }
    if (found.outcome === undefined) {
      throw ApplicationFailure.nonRetryable('the message was deleted since it was redriven', 'MessageGone');
    }
    const { outcome, requestHash } = found;
    return { kind: 'over', outcome, ...(requestHash !== undefined && { requestHash }) };
  };
}
