import { type AttemptResult } from './attempt-result';
import { endOfCall, endOfRefusal } from './end-of-ladder';
import { type OutcomeKind } from './outcome';

/** How a message ends by the result of one attempt, when nothing more is tried whatever the policy says. */
export function endOfAttempt(result: AttemptResult): OutcomeKind {
  switch (result.kind) {
    case 'delivered':
      return result.status;
    case 'refused':
      return endOfRefusal(result.errorClass);
    case 'not_reached':
      return endOfCall(result.call);
    case 'wants_person':
    case 'timed_out':
      return 'unconfirmed';
    case 'not_acknowledged':
      return 'failed';
    case 'fanned_out':
      return result.outcome;
    case 'opted_out':
    case 'suppressed':
    case 'ambiguous':
    case 'expired':
    case 'acknowledged':
    case 'canceled':
      return result.kind;
  }
}
