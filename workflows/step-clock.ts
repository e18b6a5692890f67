import { isMessageChannel } from '../src/domain/channel';
import { durationMs } from '../src/domain/duration';
import { type LadderMoment, stepTimeoutOf } from '../src/domain/next-step';
import { channelOf, type Delivery } from './delivery';

/** Starts the clock of the step that the delivery stands on, unless it runs already or the policy sets none. */
export function startStepClock(delivery: Delivery): void {
  const { input, position, stepClock } = delivery;
  const timeout = stepTimeoutOf(input.request.policy, position.step);
  if (timeout !== undefined && stepClock?.step !== position.step) {
    delivery.stepClock = { step: position.step, endsAtMs: Date.now() + durationMs(timeout) };
  }
}

/** Quiet hours take nothing from the time of a step: they keep it from doing anything. */
export function delayStepClock({ stepClock }: Delivery, byMs: number): void {
  if (stepClock !== undefined) {
    stepClock.endsAtMs += byMs;
  }
}

/** No longer than the step has time, in milliseconds. */
export function withinStep(delivery: Delivery, limitMs: number): number {
  return Math.min(limitMs, momentOf(delivery).stepLeftMs ?? Infinity);
}

/** Whether the step has no time left. */
export function isStepOver(delivery: Delivery): boolean {
  return momentOf(delivery).stepLeftMs === 0;
}

/** Where the delivery stands, by which channel, and what time its step has left. */
export function momentOf(delivery: Delivery): LadderMoment {
  const { position, stepClock } = delivery;
  const channel = channelOf(delivery);
  return {
    ...position,
    ...(isMessageChannel(channel) && { channel }),
    ...(stepClock?.step === position.step && { stepLeftMs: Math.max(0, stepClock.endsAtMs - Date.now()) }),
  };
}
