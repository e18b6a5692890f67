import { type TakenUp } from '../activities/take-up-message';
import { CONVERSATION_CHANNEL } from '../src/domain/channel';
import { type Attempt, type Delivery, hear } from './delivery';

type Known = Extract<TakenUp, { kind: 'taken_up' }>;
type Earlier = Known['attempts'][number];

/** An attempt of an earlier run: as this run knows it, and as it was found. */
export interface Recalled {
  readonly made: Attempt;
  readonly earlier: Earlier;
}

/**
 * Puts what is known of earlier runs into the delivery, as if this run had made those attempts and heard those receipts.
 * A post into a conversation of which nobody knows what became is left out: it is made again under its own number, and that looks
 * for it first.
 */
export function recall(delivery: Delivery, { attempts, attemptsMade, events, optOutCodes }: Known): Recalled[] {
  const lostPost = attempts.find((earlier) => earlier.channel === CONVERSATION_CHANNEL && isDoubtful(earlier));
  delivery.attemptsBefore = lostPost === undefined ? attemptsMade : lostPost.number - 1;
  const recalled = attempts
    .filter(({ number }) => number <= delivery.attemptsBefore)
    .map((earlier): Recalled => {
      const { channel, conversation, messageSid, number } = earlier;
      const made: Attempt = { number, channel };
      if (conversation !== undefined && messageSid !== undefined) {
        made.handedOver = { kind: 'handed_over', ...conversation, messageSid, events: [], optOutCodes };
      }
      return { made, earlier };
    });
  delivery.attempts.push(...recalled.map(({ made }) => made));
  events.forEach((event) => hear(delivery, event));
  return recalled;
}

/** Nobody knew at the end of the attempt whether Twilio had taken its message. */
export function isDoubtful({ isAmbiguous, openCreate }: Earlier): boolean {
  return isAmbiguous || openCreate !== undefined;
}
