import { type ServiceContext } from 'twilio/lib/rest/conversations/v1/service';
import { type MessagePage } from 'twilio/lib/rest/conversations/v1/service/conversation/message';
import { type ConversationSid, type MessageSid, parseSid } from '../domain/sid';
import { readAttemptKey } from './attempt-attributes';
import { type AttemptKey } from './gateway';
import { TwilioError } from './twilio-error';
import { callTwilio } from './to-twilio-error';

/** The most that Twilio puts on a page. */
const PAGE_SIZE = 100;
/** Without a time to stop at: the newest 200 messages. */
const PAGES_WITHOUT_TIME = 2;
/** With a time to stop at: 5,000 messages. Busier than that since the attempt, and absence is not proved. */
const PAGES_WITH_TIME = 50;
/** How far Twilio's clock may be behind ours. */
const CLOCK_TOLERANCE_MS = 5 * 60_000;

/**
 * Looks through a conversation's messages, newest first, for the one with an attempt's key.
 * @param notBefore when the attempt was first made, by our clock: older messages are not looked at.
 * @returns undefined when it is not listed.
 * @throws TwilioError `ambiguous` when so much was said since then that the search was given up.
 */
export function findMessage(
  service: ServiceContext,
  conversationSid: ConversationSid,
  key: AttemptKey,
  notBefore: Date | undefined,
): Promise<MessageSid | undefined> {
  return callTwilio('list messages', 'repeatable', async () => {
    const { messages } = service.conversations(conversationSid);
    const oldestMs = notBefore === undefined ? -Infinity : notBefore.getTime() - CLOCK_TOLERANCE_MS;
    let page: MessagePage | undefined = await messages.page({ order: 'desc', pageSize: PAGE_SIZE });
    for (let pages = 1; page !== undefined; pages += 1) {
      const found = messageOf(page, key);
      if (found !== undefined || reachesBack(page, oldestMs)) {
        return found;
      }
      if (notBefore === undefined && pages >= PAGES_WITHOUT_TIME) {
        return undefined;
      }
      if (pages >= PAGES_WITH_TIME) {
        throw new TwilioError({ fault: 'ambiguous', operation: 'find message' });
      }
      page = await nextPage(page);
    }
    return undefined;
  });
}

function messageOf(page: MessagePage, key: AttemptKey): MessageSid | undefined {
  const found = page.instances.find(({ attributes }) => {
    const foundKey = readAttemptKey(attributes);
    return foundKey?.messageId === key.messageId && foundKey.attempt === key.attempt;
  });
  return found === undefined ? undefined : parseSid(found.sid, 'IM');
}

function reachesBack(page: MessagePage, oldestMs: number): boolean {
  const oldest = page.instances.at(-1);
  return oldest !== undefined && oldest.dateCreated.getTime() < oldestMs;
}

/** The SDK says that there always is a next page; at the end it gives undefined. */
async function nextPage(page: MessagePage): Promise<MessagePage | undefined> {
  return (await page.nextPage()) as MessagePage | undefined;
}
