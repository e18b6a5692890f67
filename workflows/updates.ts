import { ApplicationFailure } from '@temporalio/workflow';
import {
  type AcknowledgeRequest,
  type AcknowledgeResult,
  type CancelRequest,
  type CancelResult,
  UPDATE_REFUSALS,
} from './contract';
import { type Delivery } from './delivery';

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
  if (delivery.openTask === undefined || delivery.acknowledgement !== undefined) {
    throw refusal(
      UPDATE_REFUSALS.noOpenTask,
      'No person is being asked about this message now, so there is nothing to acknowledge.',
    );
  }
}

export function acknowledge(delivery: Delivery, request: AcknowledgeRequest): AcknowledgeResult {
  delivery.acknowledgement = request;
  return { queue: delivery.openTask?.queue ?? '' };
}

function assertNamed(by: string): void {
  if (by.trim() === '' || by.length > MAX_NAME_LENGTH) {
    throw refusal(UPDATE_REFUSALS.invalidRequest, `by must say who acts, in 1 to ${MAX_NAME_LENGTH} characters.`);
  }
}

function refusal(type: string, message: string): ApplicationFailure {
  return ApplicationFailure.create({ type, message, nonRetryable: true });
}
