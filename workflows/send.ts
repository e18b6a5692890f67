import { type SendResult } from '../activities/send-message';
import { type AttemptResult } from '../src/domain/attempt-result';
import { type StepMessage } from '../src/domain/step-message';
import { twilio } from './activity-proxies';
import { type Attempt, type Delivery } from './delivery';
import { isReleased } from './hold';
import { whileWanted } from './while-wanted';

/** A worker that is silent for so long is taken for dead, and the send is tried again; `withHeartbeats` beats more often. */
export const HEARTBEAT_TIMEOUT = '10s';

/** Hands one attempt to Twilio. */
export function send(delivery: Delivery, attempt: Attempt, step: StepMessage): Promise<SendResult | AttemptResult> {
  const { channel, from, to, content } = step;
  const input = {
    message: delivery.input,
    attempt: {
      number: attempt.number,
      step: delivery.position.step,
      channel,
      recipient: to,
      ...(from === undefined ? {} : { sender: from }),
      content,
      ...(isReleased(delivery) && ({ isReleased: true } as const)),
    },
  };
  const options = { summary: `attempt ${attempt.number} by ${channel}`, heartbeatTimeout: HEARTBEAT_TIMEOUT } as const;
  return whileWanted(delivery, () => twilio().sendMessage.executeWithOptions(options, [input]));
}
