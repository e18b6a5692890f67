import { ActivityFailure, ApplicationFailure, CancelledFailure } from '@temporalio/workflow';
import { type AttemptResult } from '../src/domain/attempt-result';
import { SEND_FAILURES } from './contract';
import { isMessageClosed } from './is-message-closed';

/**
 * What a send that used up its tries proves. Only failures that carry the proof that nothing reached Twilio may be retried;
 * everything else, a worker that vanished included, is ambiguous and is never sent again by itself.
 * Throws what says nothing of a send: above all that the message has ended.
 */
export function failureOf(error: unknown): AttemptResult {
  if (!(error instanceof ActivityFailure) || isMessageClosed(error)) {
    throw error;
  }
  const { cause } = error;
  if (cause instanceof CancelledFailure) {
    return { kind: 'canceled' };
  }
  if (cause instanceof ApplicationFailure && cause.type === SEND_FAILURES.notHandedOver) {
    return { kind: 'refused', errorClass: 'retry', reason: `Twilio could not be given the message: ${cause.message}` };
  }
  return { kind: 'ambiguous', reason: 'Twilio may have taken the message, but did not say so and cannot be asked.' };
}
