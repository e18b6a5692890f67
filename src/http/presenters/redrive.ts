import { type Redrive } from '../../database/message-store';
import { type OutcomeView, presentOutcome } from './outcome';

/** A redrive as the API shows it, with the outcome that the message had until then. */
export interface RedriveView {
  readonly number: number;
  readonly by: string;
  readonly at: string;
  readonly was: OutcomeView;
}

/** Shows who took a dead message up again, when, and how it had ended. */
export function presentRedrive({ at, by, number, was }: Redrive): RedriveView {
  return { number, by, at, was: presentOutcome(was) };
}
