import { type PostResult } from '../activities/post-to-conversation';
import { type AttemptResult } from '../src/domain/attempt-result';
import { type ConversationRequest } from '../src/domain/send-request';
import { twilio } from './activity-proxies';
import { type Attempt, type Delivery } from './delivery';
import { isReleased } from './hold';
import { HEARTBEAT_TIMEOUT } from './send';
import { whileWanted } from './while-wanted';

/** Posts one message into the conversation. */
export function post(
  delivery: Delivery,
  request: ConversationRequest,
  { number }: Attempt,
): Promise<PostResult | AttemptResult> {
  const { step } = delivery.position;
  const released = isReleased(delivery) ? ({ isReleased: true } as const) : {};
  const input = { message: { ...delivery.input, request }, attempt: { number, step, ...released } };
  const options = { summary: `attempt ${number} into a conversation`, heartbeatTimeout: HEARTBEAT_TIMEOUT } as const;
  return whileWanted(delivery, () => twilio().postToConversation.executeWithOptions(options, [input]));
}
