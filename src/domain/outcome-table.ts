import { type OutcomeKind } from './outcome';

/**
 * What an outcome means to whoever wanted the message delivered.
 * - `arrived`: the recipient has it, or a person took it over.
 * - `failure`: it did not arrive, although it should have.
 * - `unproven`: nobody knows whether it arrived.
 * - `stopped`: it was not to be delivered any more: the recipient, the caller or its time put an end to it. Not a failure.
 */
export const VERDICTS = ['arrived', 'failure', 'unproven', 'stopped'] as const;
export type Verdict = (typeof VERDICTS)[number];

export interface OutcomeRow {
  readonly verdict: Verdict;
  /** In words; completes the sentence "It ended so because …". */
  readonly meaning: string;
  /** What a person does next, one sentence. */
  readonly remedy: string;
}

/** Every outcome in words: what it is, and what to do next where no error code says it better. */
export const OUTCOME_TABLE: Readonly<Record<OutcomeKind, OutcomeRow>> = {
  delivered: { verdict: 'arrived', meaning: 'the handset confirmed it', remedy: 'Nothing to do.' },
  read: { verdict: 'arrived', meaning: 'the recipient has read it', remedy: 'Nothing to do.' },
  acknowledged: { verdict: 'arrived', meaning: 'a person took it over', remedy: 'Nothing to do.' },
  opted_out: {
    verdict: 'stopped',
    meaning: 'the recipient has opted out',
    remedy: 'Send nothing more in this scope until the recipient opts in again.',
  },
  undeliverable: {
    verdict: 'failure',
    meaning: 'recipient or content can never be delivered this way',
    remedy: 'Check number and content, then send a new message.',
  },
  failed: {
    verdict: 'failure',
    meaning: 'all attempts and steps were used up',
    remedy: 'Read the reason of one of the messages; send a new one if it is still wanted.',
  },
  expired: {
    verdict: 'stopped',
    meaning: 'its time was over before it arrived',
    remedy: 'Send a new message if it is still wanted, or give the next ones more time.',
  },
  canceled: {
    verdict: 'stopped',
    meaning: 'it was canceled on purpose',
    remedy: 'Send a new message if it is wanted after all.',
  },
  unconfirmed: {
    verdict: 'unproven',
    meaning: 'Twilio has it, and no receipt came that decides',
    remedy: 'Ask the recipient before anything is sent again; a late receipt corrects the outcome.',
  },
  ambiguous: {
    verdict: 'unproven',
    meaning: 'nobody can prove whether Twilio took it, or whether it arrived',
    remedy: 'Find out whether the recipient has the message before it is sent again.',
  },
  partly_delivered: {
    verdict: 'failure',
    meaning: 'some participants of the conversation were not reached',
    remedy: 'Send a new message to those who were not reached.',
  },
  suppressed: {
    verdict: 'stopped',
    meaning: 'the address is known to be out of reach',
    remedy: 'Correct the address where it is kept, or lift the suppression.',
  },
};
