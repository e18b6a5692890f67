import autocannon from 'autocannon';
import { runPart } from '../process/run-part';
import { percentile } from '../statistics/percentile';
import { type LoadOrder, type LoadResult, type LoadSettings } from './load-settings';
import { type SignedReceipt, signedReceipt } from './signed-receipt';

const MS_PER_SECOND = 1_000;

/** Posts signed receipts as fast as they are answered, from a process of its own. Each question is a `LoadOrder`. */
runPart<LoadSettings, null>(({ twilio }) =>
  Promise.resolve({
    facts: null,
    answer: (question) => {
      const order = question as LoadOrder;
      const receipts = Array.from({ length: order.requests }, (_, index) =>
        signedReceipt(twilio, at(order.messages, index % order.messages.length)),
      );
      return post(order, receipts);
    },
  }),
);

/** Every connection has receipts of its own: none is posted twice. */
async function post(
  { connections, requests, url }: LoadOrder,
  receipts: readonly SignedReceipt[],
): Promise<LoadResult> {
  const perConnection = Math.floor(requests / connections);
  const latenciesMs: number[] = [];
  let connected = 0;
  let endedAt = 0;
  const startedAt = performance.now();
  const result = await autocannon({
    url,
    connections,
    amount: perConnection * connections,
    setupClient: (client) => {
      client.setRequests(receipts.slice(connected * perConnection, (connected + 1) * perConnection));
      connected += 1;
      client.on('response', (_status, _bytes, durationMs) => {
        latenciesMs.push(durationMs);
        endedAt = performance.now();
      });
    },
  });
  if (result['2xx'] !== perConnection * connections) {
    throw new Error(
      `${result['2xx']} of ${perConnection * connections} webhooks were answered with 2xx, ${result.errors} failed`,
    );
  }
  return {
    perSecond: latenciesMs.length / ((endedAt - startedAt) / MS_PER_SECOND),
    p50Ms: percentile(latenciesMs, 0.5),
    p99Ms: percentile(latenciesMs, 0.99),
  };
}

function at<T>(values: readonly T[], index: number): T {
  const value = values[index];
  if (value === undefined) {
    throw new RangeError('no message is there for receipts to be about');
  }
  return value;
}
