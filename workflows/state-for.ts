import { type DeliverMessageState } from './contract';
import { type Delivery } from './delivery';

/** The answer to the state query. */
export function stateFor(delivery: Delivery): DeliverMessageState {
  return {
    status: delivery.status,
    step: delivery.position.step,
    attempt: delivery.attempts.length,
    ...(delivery.outcome === undefined ? {} : { outcome: delivery.outcome }),
  };
}
