import { ApplicationFailure } from '@temporalio/workflow';
import {
  type AcknowledgeRequest,
  type AcknowledgeResult,
  type CancelRequest,
  type CancelResult,
  type ReleaseRequest,
  type ReleaseResult,
  UPDATE_REFUSALS,
} from './contract';
import { type Delivery } from './delivery';
import { isReleased } from './hold';

/** The longest name of somebody who acts, and the longest note, in characters. */
const MAX_NAME_LENGTH = 200;
const MAX_NOTE_LENGTH = 1000;

/** @throws ApplicationFailure `MessageAlreadyClosed`, `InvalidRequest` */
export function assertCancelable(delivery: Delivery, request: CancelRequest): void {
  assertNamed(request.by);
  if (delivery.outcome !== undefined) {
    throw refusal(
      UPDATE_REFUSALS.alreadyClosed,
      `The message has already ended as ${delivery.outcome.kind}; there is nothing to cancel.`,
    );
  }
}

export function cancel(delivery: Delivery, request: CancelRequest): CancelResult {
  delivery.cancellation ??= request;
  delivery.abandonSend?.();
  return { isAlreadyHandedOver: delivery.attempts.some((attempt) => attempt.handedOver !== undefined) };
}

/** @throws ApplicationFailure `NoOpenTask`, `InvalidRequest` */
export function assertTaskOpen(delivery: Delivery, request: AcknowledgeRequest): void {
  assertNamed(request.by);
  if ((request.note ?? '').length > MAX_NOTE_LENGTH) {
    throw refusal(UPDATE_REFUSALS.invalidRequest, `note is longer than ${MAX_NOTE_LENGTH} characters; shorten it.`);
  }
  const { acknowledgement, openTask, position } = delivery;
  if (acknowledgement !== undefined) {
    const { at, by } = acknowledgement;
    throw refusal(UPDATE_REFUSALS.noOpenTask, `${by} has taken the task already, at ${at}.`);
  }
  if (openTask === undefined) {
    throw refusal(
      UPDATE_REFUSALS.noOpenTask,
      'No person is being asked about this message now, so there is nothing to acknowledge.',
    );
  }
  if (request.step !== undefined && request.step !== position.step) {
    throw refusal(
      UPDATE_REFUSALS.noOpenTask,
      `The task of step ${request.step} is not open; that of step ${position.step} is, in the queue ${openTask.queue}.`,
    );
  }
}

export function acknowledge(delivery: Delivery, request: AcknowledgeRequest): AcknowledgeResult {
  const { by, note } = request;
  delivery.acknowledgement = { by, ...(note === undefined ? {} : { note }), at: new Date().toISOString() };
  return { queue: delivery.openTask?.queue ?? '' };
}

/** @throws ApplicationFailure `NotHeld`, `InvalidRequest` */
export function assertHeld(delivery: Delivery, request: ReleaseRequest): void {
  assertNamed(request.by);
  if (request.reason.trim() === '' || request.reason.length > MAX_NOTE_LENGTH) {
    throw refusal(
      UPDATE_REFUSALS.invalidRequest,
      `reason must say why it cannot wait, in 1 to ${MAX_NOTE_LENGTH} characters.`,
    );
  }
  if (delivery.heldUntil === undefined || isReleased(delivery)) {
    throw refusal(UPDATE_REFUSALS.notHeld, 'Quiet hours do not hold this message now, so there is nothing to release.');
  }
}

export function release(delivery: Delivery, request: ReleaseRequest): ReleaseResult {
  delivery.release = { ...request, step: delivery.position.step };
  return { heldUntil: delivery.heldUntil ?? '' };
}

function assertNamed(by: string): void {
  if (by.trim() === '' || by.length > MAX_NAME_LENGTH) {
    throw refusal(UPDATE_REFUSALS.invalidRequest, `by must say who acts, in 1 to ${MAX_NAME_LENGTH} characters.`);
  }
}

function refusal(type: string, message: string): ApplicationFailure {
  return ApplicationFailure.create({ type, message, nonRetryable: true });
}
