import { type QuietAttempt } from '../src/database/sweep-store';
import { type ConversationSid, type MessageSid } from '../src/domain/sid';
import { type DeliveryOverview } from '../src/twilio/gateway';
import { TwilioError } from '../src/twilio/twilio-error';
import { inLanes, type Pace } from './in-lanes';

/** From so many quiet attempts of one conversation on, its list of messages costs less than their receipts. */
const WORTH_A_LIST = 3;

/**
 * The attempts of which a list of their conversation's messages says that nothing has decided them, so that their receipts
 * need not be read. Conversations with few attempts are not listed.
 */
export async function undecidedByList(
  gateway: DeliveryOverview,
  attempts: readonly QuietAttempt[],
  pace: Pace,
): Promise<ReadonlySet<MessageSid>> {
  const counts = new Map<ConversationSid, number>();
  attempts.forEach(({ conversationSid }) => counts.set(conversationSid, (counts.get(conversationSid) ?? 0) + 1));
  const busy = [...counts].filter(([, count]) => count >= WORTH_A_LIST).map(([conversationSid]) => conversationSid);
  const undecided = new Set<MessageSid>();
  await inLanes(busy, pace, async (conversationSid) => {
    (await listed(gateway, conversationSid)).forEach((messageSid) => undecided.add(messageSid));
  });
  return undecided;
}

/** A conversation that Twilio does not show is left to the reads, which find out about each message. */
async function listed(gateway: DeliveryOverview, conversationSid: ConversationSid): Promise<ReadonlySet<MessageSid>> {
  try {
    return await gateway.undecidedMessages(conversationSid);
  } catch (error) {
    if (error instanceof TwilioError && error.fault === 'refused') {
      return new Set();
    }
    throw error;
  }
}
