import { type AttemptResult } from '../src/domain/attempt-result';
import { type NextStep } from '../src/domain/next-step';
import { waitInTime } from './deadline';
import { attemptsMade, type Delivery } from './delivery';
import { enter } from './enter';
import { isInterrupted } from './interruption';
import { recordProgress } from './record-progress';
import { summary } from './summary';

type Retry = Extract<NextStep, { kind: 'retry' }>;

/** Waits before the same step is tried again, unless something is heard that makes it pointless. */
export async function backOff(delivery: Delivery, result: AttemptResult, retry: Retry): Promise<void> {
  const { delayMs, isTemplate } = retry;
  enter(delivery, 'backing_off');
  await recordProgress(delivery, result, { kind: 'backing_off', detail: { delayMs } });
  await waitInTime(
    delivery,
    () => isInterrupted(delivery),
    delayMs,
    summary(`back off before attempt ${attemptsMade(delivery) + 1}`),
  );
  const attemptInStep = delivery.position.attemptInStep + 1;
  delivery.position = { ...delivery.position, attemptInStep, ...(isTemplate === true && { isTemplate }) };
}
