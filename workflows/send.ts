import { CancellationScope } from '@temporalio/workflow';
import { type SendResult } from '../activities/send-message';
import { type AttemptResult } from '../src/domain/attempt-result';
import { type StepMessage } from '../src/domain/step-message';
import { twilio } from './activity-proxies';
import { type Attempt, type Delivery } from './delivery';
import { failureOf } from './failure-of';

/** A worker that is silent for so long is taken for dead, and the send is tried again; `withHeartbeats` beats more often. */
const HEARTBEAT_TIMEOUT = '10s';

/** Hands one attempt to Twilio. A cancellation ends the repeats; a try that is under way is waited for. */
export async function send(
  delivery: Delivery,
  attempt: Attempt,
  step: StepMessage,
): Promise<SendResult | AttemptResult> {
  const scope = new CancellationScope();
  delivery.abandonSend = () => scope.cancel();
  const { from, to, content } = step;
  const input = {
    message: delivery.input,
    attempt: {
      number: attempt.number,
      step: delivery.position.step,
      channel: attempt.channel,
      recipient: to,
      ...(from === undefined ? {} : { sender: from }),
      content,
    },
  };
  try {
    const options = {
      summary: `attempt ${attempt.number} by ${attempt.channel}`,
      heartbeatTimeout: HEARTBEAT_TIMEOUT,
    } as const;
    return await scope.run(() => twilio().sendMessage.executeWithOptions(options, [input]));
  } catch (error) {
    return failureOf(error);
  } finally {
    delete delivery.abandonSend;
  }
}
