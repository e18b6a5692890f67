import { type AttemptResult } from '../src/domain/attempt-result';
import { durationMs } from '../src/domain/duration';
import { type TaskClosing } from '../src/domain/human-task';
import { nextStep } from '../src/domain/next-step';
import { type HumanStep } from '../src/domain/policy';
import { records } from './activity-proxies';
import { isExpired, waitInTime } from './deadline';
import { type Delivery } from './delivery';
import { interruption, isInterrupted } from './interruption';
import { summary } from './summary';

/** Opens a task for a person and waits until somebody takes it, the time is over, or nobody is needed any more. */
export async function askPerson(delivery: Delivery, step: HumanStep): Promise<AttemptResult> {
  const { messageId } = delivery.input;
  const { acknowledgeTimeout, queue } = step;
  delivery.openTask = step;
  const task = newTask(delivery, step);
  await records.openTask.executeWithOptions(summary(`ask a person of ${queue}, because ${task.reason}`), [task]);

  const isOver = (): boolean => delivery.acknowledgement !== undefined || isInterrupted(delivery);
  const wait = summary(`a person of ${queue} within ${acknowledgeTimeout}`);
  await waitInTime(delivery, isOver, durationMs(acknowledgeTimeout), wait);
  delete delivery.openTask;

  const closing = closingOf(delivery);
  await records.closeTask.executeWithOptions(summary(`task ${closing.kind.replaceAll('_', ' ')}`), [
    { messageId, step: task.step, closing },
  ]);
  if (delivery.acknowledgement !== undefined) {
    return { kind: 'acknowledged' };
  }
  delivery.askedInVain = queue;
  return isExpired(delivery)
    ? { kind: 'expired', reason: 'its time was over before a person took it' }
    : { kind: 'not_acknowledged' };
}

/** Human steps that follow each other are the escalation: the task says which queue was asked before, and which is asked next. */
function newTask(delivery: Delivery, { acknowledgeTimeout, onCall, queue }: HumanStep) {
  const { askedInVain, escalatedBecause, input, position } = delivery;
  const { messageId, request, tenant } = input;
  const next = nextStep(request.policy, position, { kind: 'not_acknowledged' });
  const after = next.kind === 'escalate' ? request.policy.escalation[next.step - 1] : undefined;
  return {
    ...{ messageId, tenant, step: position.step, queue, acknowledgeTimeout },
    reason: escalatedBecause ?? 'the policy asks a person',
    openedAt: new Date().toISOString(),
    ...(askedInVain === undefined ? {} : { cameFrom: askedInVain }),
    ...(after?.channel === 'human' ? { passesTo: after.queue } : {}),
    ...(onCall === undefined ? {} : { onCall }),
  };
}

function closingOf(delivery: Delivery): TaskClosing {
  if (delivery.acknowledgement !== undefined) {
    const { by, note } = delivery.acknowledgement;
    return { kind: 'acknowledged', by, ...(note === undefined ? {} : { note }) };
  }
  const interrupted = interruption(delivery);
  return interrupted === undefined ? { kind: 'expired' } : { kind: 'not_needed', because: interrupted.kind };
}
