import { type AttemptResult } from './attempt-result';
import { classifyError } from './error-catalogue';
import { type Outcome, type OutcomeKind } from './outcome';

/**
 * Why a message ended badly for a reason of ours.
 * - `configuration`: account, sender or settings have to be mended.
 * - `outage`: Twilio, Postgres or Temporal could not be reached, or Twilio's limits were used up.
 */
export const DEAD_CAUSES = ['configuration', 'outage'] as const;
export type DeadCause = (typeof DEAD_CAUSES)[number];

/**
 * Codes of class `retry` that tell of a sender or a provider. All others of that class tell of a recipient or a carrier:
 * a handset that was switched off is nothing that we could mend. Reviewed data: a change here changes what can be redriven.
 */
const PASSING_AND_OURS: Readonly<Record<number, DeadCause>> = {
  20409: 'outage',
  20500: 'outage',
  20503: 'outage',
  30035: 'configuration',
  63009: 'outage',
  63010: 'outage',
  63012: 'outage',
};

/**
 * Whether what became of an attempt is for a reason of ours. Undefined when there is nothing of ours to repair.
 * @param isAtTwilio Twilio is known to have the attempt's message: then another send could not answer what is open.
 */
export function deadCauseOf(result: AttemptResult, isAtTwilio: boolean): DeadCause | undefined {
  if (result.kind === 'ambiguous') {
    return isAtTwilio ? undefined : 'outage';
  }
  if (result.kind !== 'refused') {
    return undefined;
  }
  const { errorClass, errorCode } = result;
  switch (errorClass) {
    case 'config':
      return 'configuration';
    case 'limit':
      return 'outage';
    case 'retry':
      // Without a code: the send used up its tries and never got an answer that counts.
      return errorCode === undefined ? 'outage' : PASSING_AND_OURS[errorCode];
    case 'recipient':
    case 'message':
    case 'opt_out':
    case 'unknown':
      return undefined;
  }
}

/** What is to be done before a dead message is redriven, one sentence. Undefined when the message is not dead. */
export function deadRemedy({ dead, errorCode, kind }: Outcome): string | undefined {
  if (dead === undefined) {
    return undefined;
  }
  if (errorCode !== undefined) {
    return classifyError(errorCode).remedy;
  }
  if (dead === 'configuration') {
    return 'Mend what the reason names.';
  }
  return kind === 'ambiguous'
    ? 'Make sure that Twilio can be reached: a redrive looks there for the message before it sends anything.'
    : 'Make sure that Twilio, Postgres and Temporal can be reached.';
}

/** Why a message that ended so cannot be redriven, and what to do instead. */
const NOT_DEAD: Readonly<Record<OutcomeKind, string>> = {
  delivered: 'It arrived, so there is nothing to repair.',
  read: 'It arrived, so there is nothing to repair.',
  acknowledged: 'A person took it, so there is nothing to repair.',
  opted_out: 'The recipient does not want it: send nothing more in this scope until they opt in again.',
  undeliverable: 'It is the recipient or the content, nothing of ours: change that and send a new message.',
  failed: 'It is nothing of ours that could be mended: send a new message if it is still wanted.',
  expired: 'Its time is over: send a new message if it is still wanted.',
  canceled: 'It was canceled on purpose: send a new message if it is wanted after all.',
  unconfirmed: 'Twilio has it and a receipt may still come: ask the recipient before anything is sent again.',
  ambiguous: 'Twilio has it and cannot say whether it arrived: ask the recipient before anything is sent again.',
  partly_delivered: 'Twilio has it for all participants: send a new message to those who were not reached.',
  suppressed: 'The address cannot be reached: send a new message to another one.',
};

/** Why there is nothing of ours to repair, and what to do instead: two sentences. */
export function whyNotDead({ kind, reason }: Outcome): string {
  return `The message ended as ${kind}: ${reason}. ${NOT_DEAD[kind]}`;
}
