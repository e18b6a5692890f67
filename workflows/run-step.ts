import { type AttemptResult } from '../src/domain/attempt-result';
import { CALL_CHANNEL, CONVERSATION_CHANNEL } from '../src/domain/channel';
import { stepAt } from '../src/domain/step-message';
import { askPerson } from './ask-person';
import { expiry } from './deadline';
import { type Delivery } from './delivery';
import { fanOut } from './fan-out';
import { type Held, hold } from './hold';
import { interruption } from './interruption';
import { makeCall } from './make-call';
import { makeAttempt } from './make-attempt';
import { startStepClock } from './step-clock';

/**
 * Makes one attempt of the step that the delivery stands on, as soon as quiet hours allow it, or asks a person.
 * What was heard in the meantime, about this or an earlier attempt, outweighs the attempt's own result. A message into a
 * conversation has weighed it already, for each participant.
 */
export async function runStep(delivery: Delivery): Promise<AttemptResult> {
  const step = stepAt(delivery.input.request, delivery.position.step);
  startStepClock(delivery);
  for (;;) {
    const before = interruption(delivery) ?? expiry(delivery);
    if (before !== undefined) {
      return before;
    }
    const result = await take(delivery, step);
    if (result.kind === 'fanned_out') {
      return result;
    }
    if (result.kind !== 'held') {
      return interruption(delivery) ?? result;
    }
    await hold(delivery, result);
  }
}

function take(delivery: Delivery, step: ReturnType<typeof stepAt>): Promise<AttemptResult | Held> {
  switch (step.channel) {
    case 'human':
      return askPerson(delivery, step);
    case CALL_CHANNEL:
      return makeCall(delivery, step);
    case CONVERSATION_CHANNEL:
      return fanOut(delivery, step);
    default:
      return makeAttempt(delivery, step);
  }
}
