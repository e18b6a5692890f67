import { withTimeLimit } from '../../src/time-limit';
import { eachInFlight } from './each-in-flight';

const MS_PER_SECOND = 1_000;

/** No machine is so slow that a delivery takes this long: something is lost. Milliseconds. */
const LOST_AFTER_MS = 90_000;

/** How fast a number of deliveries went. */
export interface Delivered {
  readonly perSecond: number;
  /** From the start of each delivery to its known outcome, in milliseconds. */
  readonly latenciesMs: readonly number[];
}

/**
 * Delivers to every recipient, `inFlight` at a time.
 * @param deliver resolves when the message has its outcome, with `delivered` or what else became of it.
 * @throws Error when one is not delivered.
 */
export async function deliverAll(
  recipients: readonly string[],
  inFlight: number,
  deliver: (recipient: string) => Promise<string>,
): Promise<Delivered> {
  const latenciesMs: number[] = [];
  const startedAt = performance.now();
  await eachInFlight(recipients, inFlight, async (recipient) => {
    const begunAt = performance.now();
    const outcome = await withTimeLimit(
      deliver(recipient),
      LOST_AFTER_MS,
      `a delivery had no outcome after ${LOST_AFTER_MS} ms, ${latenciesMs.length} of ${recipients.length} had one`,
    );
    if (outcome !== 'delivered') {
      throw new Error(`a message that was to be delivered ended otherwise: ${outcome}`);
    }
    latenciesMs.push(performance.now() - begunAt);
  });
  const seconds = (performance.now() - startedAt) / MS_PER_SECOND;
  return { perSecond: recipients.length / seconds, latenciesMs };
}
