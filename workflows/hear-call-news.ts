import { CancellationScope } from '@temporalio/workflow';
import { records } from './activity-proxies';
import { type CallNews } from './contract';
import { type Delivery, hearOfCall } from './delivery';
import { summary } from './summary';

/**
 * Takes in what a signal tells of a call. That whoever took it wants no more calls is written into the ledger at once, whatever the delivery
 * does: the webhook does so as well, but not while Postgres is away. Told twice it is written twice, which changes nothing.
 */
export async function hearCallNews(delivery: Delivery, news: CallNews): Promise<void> {
  const { attempt, event } = news;
  hearOfCall(delivery, news);
  const call = delivery.attempts.find(({ number }) => number === attempt)?.call;
  if (call !== undefined && event.kind === 'key' && event.key === 'opt_out') {
    const refused = { recipient: call.to, callSid: event.callSid, at: event.at };
    await CancellationScope.nonCancellable(() =>
      records.recordCallOptOut.executeWithOptions(summary('no more calls'), [refused]),
    );
  }
}
