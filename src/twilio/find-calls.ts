import { type CallListInstance, type CallPage } from 'twilio/lib/rest/api/v2010/account/call';
import { toCallSnapshot } from './call-snapshot';
import { TwilioError } from './twilio-error';
import { callTwilio } from './to-twilio-error';
import { type CallSearch, type CallSnapshot } from './voice-gateway';

const PAGE_SIZE = 20;
/** 100 calls from one number to one person since the create: something else is wrong then. */
const MOST_PAGES = 5;
/**
 * How far Twilio's clock may be from ours; it shows whole seconds. More would reach into the time of the next create between two numbers,
 * which begins two minutes after an unanswered one at the earliest.
 */
const CLOCK_TOLERANCE_MS = 60_000;

/**
 * The calls from one number to another in a span of time, oldest first.
 * Not by Twilio's filter StartTime: a call that is queued has no start time yet, would be missed, and dialled again.
 * @throws TwilioError `ambiguous` when there are so many that the search was given up.
 */
export function findCalls(
  calls: CallListInstance,
  { to, from, notBefore, notAfter }: CallSearch,
): Promise<CallSnapshot[]> {
  return callTwilio('list calls', 'repeatable', async () => {
    const oldestMs = notBefore.getTime() - CLOCK_TOLERANCE_MS;
    const newestMs = notAfter.getTime() + CLOCK_TOLERANCE_MS;
    const found: CallSnapshot[] = [];
    let page: CallPage | undefined = await calls.page({ to, from, pageSize: PAGE_SIZE });
    for (let pages = 1; page !== undefined; pages += 1) {
      const recent = page.instances.map(toCallSnapshot).filter(({ createdAt }) => Date.parse(createdAt) >= oldestMs);
      found.push(...recent.filter(({ createdAt }) => Date.parse(createdAt) <= newestMs));
      if (recent.length < page.instances.length) {
        break;
      }
      if (pages >= MOST_PAGES) {
        throw new TwilioError({ fault: 'ambiguous', operation: 'find calls' });
      }
      page = await nextPage(page);
    }
    return found.reverse();
  });
}

/** The SDK says that there always is a next page; at the end it gives undefined. */
async function nextPage(page: CallPage): Promise<CallPage | undefined> {
  return (await page.nextPage()) as CallPage | undefined;
}
