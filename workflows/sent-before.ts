import { verdict } from '../src/domain/delivery-state';
import { type Attempt, type Delivery, stateOf } from './delivery';

/** What Twilio had of a message before its recipient's opt-out ended it, in words; empty when it had nothing. */
export function sentBefore(delivery: Delivery): string {
  const taken = delivery.attempts
    .filter(({ handedOver }) => handedOver !== undefined)
    .map((attempt) => `attempt ${attempt.number}, which ${fate(delivery, attempt)}`);
  const unsure = delivery.position.only === 'person' ? '; nobody knows whether Twilio has taken more than that' : '';
  return taken.length === 0 ? unsure : `; before that Twilio had taken ${taken.join(', and ')}${unsure}`;
}

function fate(delivery: Delivery, attempt: Attempt): string {
  const state = stateOf(delivery, attempt);
  if (verdict(state) !== 'failed') {
    return 'cannot be called back and may still arrive';
  }
  return state.errorCode === undefined ? 'did not arrive' : `did not arrive (error ${state.errorCode})`;
}
