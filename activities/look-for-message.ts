import { setTimeout as pause } from 'node:timers/promises';
import { type ConversationSid, type MessageSid } from '../src/domain/sid';
import { type AttemptKey, type TwilioGateway } from '../src/twilio/gateway';

/** Pauses before the looks for an earlier create's message, in milliseconds. */
export const LOOK_UP_DELAYS_MS: readonly number[] = [0, 1_000, 2_000, 4_000];

/** How far Twilio's list of messages is taken to lag behind a create, in milliseconds. No bound is documented. */
export const LIST_LAG_MS = 5_000;

export interface Look {
  readonly conversationSid: ConversationSid;
  readonly key: AttemptKey;
  /** When the attempt was begun: its message cannot be older. */
  readonly notBefore: Date;
  /** Milliseconds from now until the message, if there is one, is certain to be listed. Not before does absence prove anything. */
  readonly listedAfterMs: number;
}

/**
 * Looks for the message of an attempt, the last time when it has to be listed. A try that is under way looks to the end,
 * even when it is canceled meanwhile: otherwise nobody would know what became of the message.
 * @returns undefined when it is proved that there is none.
 */
export async function lookForMessage(
  gateway: Pick<TwilioGateway, 'findMessage'>,
  { conversationSid, key, listedAfterMs, notBefore }: Look,
  delaysMs: readonly number[],
): Promise<MessageSid | undefined> {
  const listedAt = Date.now() + listedAfterMs;
  for (const delayMs of delaysMs) {
    await pause(delayMs);
    const messageSid = await gateway.findMessage(conversationSid, key, notBefore);
    if (messageSid !== undefined) {
      return messageSid;
    }
  }
  const untilListedMs = listedAt - Date.now();
  if (untilListedMs <= 0) {
    return undefined;
  }
  await pause(untilListedMs);
  return await gateway.findMessage(conversationSid, key, notBefore);
}
