import { type AttemptResult } from '../src/domain/attempt-result';
import { type AttemptEnd } from '../src/database/message-store';
import { type TimelineNote } from '../src/database/timeline';
import { reasonFor } from '../src/domain/describe-attempt';
import { records } from './activity-proxies';
import { attemptOf, type Delivery } from './delivery';
import { summary } from './summary';

/** Writes the step forward, how the attempt before it ended, and which events need not be signalled again. */
export async function recordProgress(delivery: Delivery, result: AttemptResult, note: TimelineNote): Promise<void> {
  const progress = {
    ...ofRun(delivery),
    status: delivery.status,
    note,
    heardEventIds: heardEventIds(delivery),
    ...attemptEnd(delivery, result),
  };
  const line = `${note.kind.replaceAll('_', ' ')}, because ${reasonFor(result)}`;
  await records.recordProgress.executeWithOptions(summary(line), [progress]);
}

/** Which message, and which of its lives. */
export function ofRun({ input: { messageId, redrive } }: Delivery): { messageId: string; redrive?: number } {
  return redrive === undefined ? { messageId } : { messageId, redrive };
}

export function attemptEnd(delivery: Delivery, result: AttemptResult): { attemptEnd?: AttemptEnd } {
  const attempt = attemptOf(delivery, result);
  return attempt === undefined ? {} : { attemptEnd: { number: attempt.number, result } };
}

export function heardEventIds(delivery: Delivery): string[] {
  return [...delivery.events.keys()];
}
