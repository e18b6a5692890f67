import { setCurrentDetails } from '@temporalio/workflow';
import { sweepOfStarts, sweepOfTwilio } from './activity-proxies';
import { type SweepResult } from './contract';

/** Messages and attempts of one activity: at the pace of the polls it ends long before its time-out, even when Twilio is slow. */
const BATCH = 250;

/** What is left after so many batches waits for the next sweep: a sweep that never ended would be a storm of its own. */
const MOST_BATCHES = 4;

/**
 * Finds what got lost on the way: starts messages that a crash kept from being started, and asks Twilio about attempts that
 * were silent for too long. A schedule starts it; its result says what it found.
 */
export async function sweepReceipts(): Promise<SweepResult> {
  const result: SweepResult = {
    started: 0,
    notStarted: 0,
    callbacks: 0,
    polled: 0,
    unreadable: 0,
    found: 0,
    deciding: 0,
  };
  await inBatches(async () => {
    const { callbacks, checked, refused } = await sweepOfStarts().startUnstarted({ limit: BATCH });
    result.started += checked;
    result.notStarted += refused;
    result.callbacks += callbacks;
    return Math.max(checked + refused, callbacks);
  });
  await inBatches(async () => {
    const { polled, unreadable, found, deciding } = await sweepOfTwilio().pollQuietAttempts({ limit: BATCH });
    result.polled += polled;
    result.unreadable += unreadable;
    result.found += found;
    result.deciding += deciding;
    setCurrentDetails(`**${polled}** attempts asked about, **${result.found}** receipts found`);
    return polled;
  });
  return result;
}

/** Repeats `work`, which tells how much it did, until a batch is not full. */
async function inBatches(work: () => Promise<number>): Promise<void> {
  for (let batch = 1; batch <= MOST_BATCHES; batch += 1) {
    if ((await work()) < BATCH) {
      return;
    }
  }
}
