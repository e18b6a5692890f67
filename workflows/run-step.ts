import { type AttemptResult } from '../src/domain/attempt-result';
import { stepAt } from '../src/domain/step-message';
import { askPerson } from './ask-person';
import { type Delivery } from './delivery';
import { interruption } from './interruption';
import { makeAttempt } from './make-attempt';

/**
 * Makes one attempt of the step that the delivery stands on, or asks a person.
 * What was heard in the meantime, about this or an earlier attempt, outweighs the attempt's own result.
 */
export async function runStep(delivery: Delivery): Promise<AttemptResult> {
  const before = interruption(delivery);
  if (before !== undefined) {
    return before;
  }
  const step = stepAt(delivery.input.request, delivery.position.step);
  const result = step.channel === 'human' ? await askPerson(delivery, step) : await makeAttempt(delivery, step);
  return interruption(delivery) ?? result;
}
