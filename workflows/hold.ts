import { type SendResult } from '../activities/send-message';
import { records } from './activity-proxies';
import { waitInTime } from './deadline';
import { type Delivery } from './delivery';
import { enter } from './enter';
import { isInterrupted } from './interruption';
import { heardEventIds, ofRun } from './record-progress';
import { delayStepClock } from './step-clock';
import { summary } from './summary';

export type Held = Extract<SendResult, { kind: 'held' }>;

/** Waits until quiet hours are over, unless somebody lets the message out, or something is heard that makes it pointless. */
export async function hold(delivery: Delivery, { because, isBegun, until }: Held): Promise<void> {
  putBack(delivery, isBegun);
  delivery.heldUntil = until;
  enter(delivery, 'held');
  await records.recordHold.executeWithOptions(summary(`held until ${until}`), [
    { message: delivery.input, until, because },
  ]);
  const isOver = (): boolean => isReleased(delivery) || isInterrupted(delivery);
  const heldAtMs = Date.now();
  await waitInTime(delivery, isOver, Date.parse(until) - heldAtMs, summary(`quiet hours until ${until}`));
  delayStepClock(delivery, Date.now() - heldAtMs);
  delete delivery.heldUntil;
  if (isReleased(delivery)) {
    await recordRelease(delivery);
  }
}

/** Whether somebody has let the step out of quiet hours that the delivery stands on; every later step is asked for anew. */
export function isReleased({ position, release }: Delivery): boolean {
  return release?.step === position.step;
}

/** The attempt was not made: its number is free, unless it is on record already. */
function putBack({ attempts }: Delivery, isBegun: boolean): void {
  const attempt = attempts.at(-1);
  if (isBegun && attempt !== undefined) {
    attempt.isHeld = true;
  } else {
    attempts.pop();
  }
}

async function recordRelease(delivery: Delivery): Promise<void> {
  const { by = '', reason = '' } = delivery.release ?? {};
  enter(delivery, 'sending');
  const note = { kind: 'released', detail: { by, reason } } as const;
  const progress = { ...ofRun(delivery), status: delivery.status, note, heardEventIds: heardEventIds(delivery) };
  await records.recordProgress.executeWithOptions(summary('released from quiet hours'), [progress]);
}
