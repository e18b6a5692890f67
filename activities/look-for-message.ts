import { sleep } from '@temporalio/activity';
import { type ConversationSid, type MessageSid } from '../src/domain/sid';
import { type AttemptKey, type TwilioGateway } from '../src/twilio/gateway';

/** Pauses before the looks for an earlier try's message, in milliseconds: Twilio's list may lag behind a create. */
export const LOOK_UP_DELAYS_MS: readonly number[] = [0, 1_000, 2_000, 4_000];

export interface Look {
  readonly conversationSid: ConversationSid;
  readonly key: AttemptKey;
  /** When the attempt was begun: its message cannot be older. */
  readonly notBefore: Date;
}

/** Looks for the message of an attempt, more than once before it is taken as absent. */
export async function lookForMessage(
  gateway: Pick<TwilioGateway, 'findMessage'>,
  { conversationSid, key, notBefore }: Look,
  delaysMs: readonly number[],
): Promise<MessageSid | undefined> {
  for (const delayMs of delaysMs) {
    await sleep(delayMs);
    const messageSid = await gateway.findMessage(conversationSid, key, notBefore);
    if (messageSid !== undefined) {
      return messageSid;
    }
  }
  return undefined;
}
