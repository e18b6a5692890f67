import { type SendResult } from '../activities/send-message';
import { type AttemptResult } from '../src/domain/attempt-result';
import { type MessageContent } from '../src/domain/send-request';
import { type StepMessage } from '../src/domain/step-message';
import { twilio } from './activity-proxies';
import { type Attempt, type Delivery } from './delivery';
import { isReleased } from './hold';
import { whileWanted } from './while-wanted';

/** A worker that is silent for so long is taken for dead, and the send is tried again; `withHeartbeats` beats more often. */
export const HEARTBEAT_TIMEOUT = '10s';

/** Hands one attempt to Twilio: what the step says, or the template of it that the last attempt turned out to need. */
export function send(delivery: Delivery, attempt: Attempt, step: StepMessage): Promise<SendResult | AttemptResult> {
  const { channel, from, to } = step;
  const input = {
    message: delivery.input,
    attempt: {
      number: attempt.number,
      step: delivery.position.step,
      channel,
      recipient: to,
      ...(from === undefined ? {} : { sender: from }),
      content: contentOf(delivery, step),
      ...(isReleased(delivery) && ({ isReleased: true } as const)),
    },
  };
  const options = { summary: `attempt ${attempt.number} by ${channel}`, heartbeatTimeout: HEARTBEAT_TIMEOUT } as const;
  return whileWanted(delivery, () => twilio().sendMessage.executeWithOptions(options, [input]));
}

function contentOf({ position }: Delivery, { content }: StepMessage): MessageContent {
  const { whatsappTemplate } = content;
  return position.isTemplate === true && whatsappTemplate !== undefined ? { template: whatsappTemplate } : content;
}
