import { type DeliverMessageState } from './contract';
import { attemptsMade, type Delivery } from './delivery';

/** The answer to the state query. */
export function stateFor(delivery: Delivery): DeliverMessageState {
  return {
    status: delivery.status,
    step: delivery.position.step,
    attempt: attemptsMade(delivery),
    ...(delivery.heldUntil === undefined ? {} : { heldUntil: delivery.heldUntil }),
    ...(delivery.outcome === undefined ? {} : { outcome: delivery.outcome }),
  };
}
