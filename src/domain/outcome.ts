import { type StepChannel } from './channel';
import { type ErrorClass } from './error-class';

/** How a message can end. Every accepted request ends in exactly one of them. */
export const OUTCOME_KINDS = [
  'delivered',
  'read',
  'acknowledged',
  'opted_out',
  'undeliverable',
  'failed',
  'expired',
  'canceled',
  'unconfirmed',
  'ambiguous',
  'partly_delivered',
  'suppressed',
] as const;
export type OutcomeKind = (typeof OUTCOME_KINDS)[number];

/** The end of a message, with all that a person needs to understand it. */
export interface Outcome {
  readonly kind: OutcomeKind;
  readonly channel: StepChannel;
  /** Number of the attempt that decided, counted over all steps from 1; 0 when none was made. */
  readonly attempt: number;
  readonly errorCode?: number;
  readonly errorClass?: ErrorClass;
  /** In words, without addresses or texts. */
  readonly reason: string;
  /** ISO 8601. */
  readonly at: string;
}

/** Whether two outcomes say the same in every part. */
export function isSameOutcome(a: Outcome, b: Outcome): boolean {
  const parts = (outcome: Outcome) => JSON.stringify(Object.entries(outcome).sort(([x], [y]) => (x < y ? -1 : 1)));
  return parts(a) === parts(b);
}
