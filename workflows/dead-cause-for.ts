import { type AttemptResult } from '../src/domain/attempt-result';
import { deadCauseOf, type DeadCause } from '../src/domain/dead-letter';
import { attemptOf, type Delivery } from './delivery';

/** Whether the delivery ends for a reason of ours. When nobody took the task, what led to it is still the reason. */
export function deadCauseFor(delivery: Delivery, result: AttemptResult): DeadCause | undefined {
  if (result.kind === 'not_acknowledged') {
    return delivery.deadBeforePerson;
  }
  return deadCauseOf(result, attemptOf(delivery, result)?.handedOver !== undefined);
}

/** To be called when the delivery leaves a step. */
export function rememberDeadCause(delivery: Delivery, result: AttemptResult): void {
  const cause = deadCauseFor(delivery, result);
  if (cause === undefined) {
    delete delivery.deadBeforePerson;
  } else {
    delivery.deadBeforePerson = cause;
  }
}
