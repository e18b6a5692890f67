import { type AttemptResult } from '../src/domain/attempt-result';
import { type AttemptEnd } from '../src/database/message-store';
import { type TimelineNote } from '../src/database/timeline';
import { records } from './activity-proxies';
import { attemptOf, type Delivery } from './delivery';

/** Writes the step forward, how the attempt before it ended, and which events need not be signalled again. */
export async function recordProgress(delivery: Delivery, result: AttemptResult, note: TimelineNote): Promise<void> {
  await records.recordProgress({
    messageId: delivery.input.messageId,
    status: delivery.status,
    note,
    heardEventIds: heardEventIds(delivery),
    ...attemptEnd(delivery, result),
  });
}

export function attemptEnd(delivery: Delivery, result: AttemptResult): { attemptEnd?: AttemptEnd } {
  const attempt = attemptOf(delivery, result);
  return attempt === undefined ? {} : { attemptEnd: { number: attempt.number, result } };
}

export function heardEventIds(delivery: Delivery): string[] {
  return [...delivery.events.keys()];
}
