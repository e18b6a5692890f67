import { type CallListInstance, type CallPage } from 'twilio/lib/rest/api/v2010/account/call';
import { toCallSnapshot } from './call-snapshot';
import { TwilioError } from './twilio-error';
import { callTwilio } from './to-twilio-error';
import { type CallSearch, type CallSnapshot } from './voice-gateway';

const PAGE_SIZE = 20;
/** 100 calls from one number to one person since the attempt: something else is wrong then. */
const MOST_PAGES = 5;
/** How far Twilio's clock may be behind ours. */
const CLOCK_TOLERANCE_MS = 5 * 60_000;

/**
 * The calls from one number to another since a time, oldest first.
 * Not by Twilio's filter StartTime: a call that is queued has no start time yet, would be missed, and dialled again.
 * @throws TwilioError `ambiguous` when there are so many that the search was given up.
 */
export function findCalls(calls: CallListInstance, { to, from, notBefore }: CallSearch): Promise<CallSnapshot[]> {
  return callTwilio('list calls', 'repeatable', async () => {
    const oldestMs = notBefore.getTime() - CLOCK_TOLERANCE_MS;
    const found: CallSnapshot[] = [];
    let page: CallPage | undefined = await calls.page({ to, from, pageSize: PAGE_SIZE });
    for (let pages = 1; page !== undefined; pages += 1) {
      const recent = page.instances.filter(({ dateCreated }) => dateCreated.getTime() >= oldestMs);
      found.push(...recent.map(toCallSnapshot));
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
