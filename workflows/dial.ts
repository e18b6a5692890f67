import { type PlaceResult } from '../activities/place-call';
import { type AttemptResult } from '../src/domain/attempt-result';
import { type StepCall } from '../src/domain/step-message';
import { twilio } from './activity-proxies';
import { type Attempt, type Delivery } from './delivery';
import { isReleased } from './hold';
import { HEARTBEAT_TIMEOUT } from './send';
import { whileWanted } from './while-wanted';

/** Has Twilio place the call of one attempt. */
export function dial(delivery: Delivery, attempt: Attempt, call: StepCall): Promise<PlaceResult | AttemptResult> {
  const input = {
    message: delivery.input,
    attempt: {
      number: attempt.number,
      step: delivery.position.step,
      call,
      ...(isReleased(delivery) && ({ isReleased: true } as const)),
    },
  };
  const options = { summary: `attempt ${attempt.number} by voice`, heartbeatTimeout: HEARTBEAT_TIMEOUT } as const;
  return whileWanted(delivery, () => twilio().placeCall.executeWithOptions(options, [input]));
}
