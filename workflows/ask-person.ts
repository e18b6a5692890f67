import { condition } from '@temporalio/workflow';
import { type TaskClosing } from '../src/database/task-store';
import { type AttemptResult } from '../src/domain/attempt-result';
import { durationMs } from '../src/domain/duration';
import { type HumanStep } from '../src/domain/policy';
import { records } from './activity-proxies';
import { type Delivery } from './delivery';
import { isInterrupted } from './interruption';
import { summary } from './summary';

/** Opens a task for a person and waits until somebody takes it, the time is over, or nobody is needed any more. */
export async function askPerson(delivery: Delivery, step: HumanStep): Promise<AttemptResult> {
  const { messageId, tenant } = delivery.input;
  const { acknowledgeTimeout, queue } = step;
  const reason = delivery.escalatedBecause ?? 'the policy asks a person';
  const openedAt = new Date().toISOString();
  delivery.openTask = step;
  const { step: stepNumber } = delivery.position;
  await records.openTask.executeWithOptions(summary(`ask a person of ${queue}, because ${reason}`), [
    { messageId, tenant, step: stepNumber, queue, reason, openedAt, acknowledgeTimeout },
  ]);

  const isOver = (): boolean => delivery.acknowledgement !== undefined || isInterrupted(delivery);
  await condition(isOver, durationMs(acknowledgeTimeout), summary(`a person of ${queue} within ${acknowledgeTimeout}`));
  delete delivery.openTask;

  const closing = closingOf(delivery);
  await records.closeTask.executeWithOptions(summary(`task ${closing.kind.replaceAll('_', ' ')}`), [
    { messageId, step: stepNumber, closing },
  ]);
  return { kind: delivery.acknowledgement === undefined ? 'not_acknowledged' : 'acknowledged' };
}

function closingOf(delivery: Delivery): TaskClosing {
  if (delivery.acknowledgement !== undefined) {
    return { kind: 'acknowledged', ...delivery.acknowledgement };
  }
  return { kind: isInterrupted(delivery) ? 'not_needed' : 'expired' };
}
