import { type AttemptResult } from '../src/domain/attempt-result';
import { deadCauseOf, type DeadCause } from '../src/domain/dead-letter';
import { type Attempt, attemptOf, type Delivery } from './delivery';

/** Whether the delivery ends for a reason of ours. When nobody took the task, what led to it is still the reason. */
export function deadCauseFor(delivery: Delivery, result: AttemptResult): DeadCause | undefined {
  if (result.kind === 'not_acknowledged') {
    return delivery.deadBeforePerson;
  }
  return deadCauseOf(result, isAtTwilio(attemptOf(delivery, result)));
}

function isAtTwilio(attempt: Attempt | undefined): boolean {
  return attempt?.handedOver !== undefined || attempt?.call?.callSid !== undefined;
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
