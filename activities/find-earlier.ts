import { type AttemptGrant } from '../src/database/message-store';
import { type Handover, type HandOverDependencies, keyOf } from './handover-context';
import { LIST_LAG_MS, lookForMessage } from './look-for-message';
import { PERMIT_MS } from './permit';
import { type HandedOver, storeCreated } from './store-created';

/**
 * Looks for the message that an earlier create of an attempt may have left at Twilio, and stores its SID.
 * @param ageMs how long ago that create was begun, in milliseconds.
 * @returns undefined when it is proved that there is none.
 */
export async function findEarlier(
  deps: HandOverDependencies,
  handover: Pick<Handover, 'message' | 'attempt'>,
  { conversation, startedAt }: Pick<AttemptGrant, 'conversation' | 'startedAt'>,
  ageMs: number,
): Promise<HandedOver | undefined> {
  if (conversation === undefined) {
    throw new Error('a create was begun without a conversation');
  }
  const look = {
    conversationSid: conversation.conversationSid,
    key: keyOf(handover),
    notBefore: new Date(startedAt),
    listedAfterMs: PERMIT_MS + deps.requestTimeoutMs + LIST_LAG_MS - ageMs,
  };
  const messageSid = await lookForMessage(deps.gateway, look, deps.lookUpDelaysMs);
  return messageSid === undefined ? undefined : await storeCreated(deps, handover, conversation, messageSid);
}
