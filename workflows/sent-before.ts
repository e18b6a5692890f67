import { callVerdict } from '../src/domain/call-state';
import { verdict } from '../src/domain/delivery-state';
import { reasonFor } from '../src/domain/describe-attempt';
import { callResult } from './call-result';
import { type Attempt, callOf, type Delivery, stateOf } from './delivery';

/**
 * What Twilio had of a message before its recipient's opt-out ended it, in words; empty when it had nothing. Of a call in which
 * the opt-out was said the outcome itself tells.
 */
export function sentBefore(delivery: Delivery): string {
  const taken = delivery.attempts.flatMap((attempt) => {
    const became = attempt.call === undefined ? fateOfMessage(delivery, attempt) : fateOfCall(delivery, attempt);
    return became === undefined ? [] : [`attempt ${attempt.number}${became}`];
  });
  const unsure = delivery.position.only === 'person' ? '; nobody knows whether Twilio has taken more than that' : '';
  return taken.length === 0 ? unsure : `; before that Twilio had taken ${taken.join(', and ')}${unsure}`;
}

function fateOfMessage(delivery: Delivery, attempt: Attempt): string | undefined {
  if (attempt.handedOver === undefined) {
    return undefined;
  }
  const state = stateOf(delivery, attempt);
  if (verdict(state) !== 'failed') {
    return ', which cannot be called back and may still arrive';
  }
  return state.errorCode === undefined ? ', which did not arrive' : `, which did not arrive (error ${state.errorCode})`;
}

function fateOfCall(delivery: Delivery, attempt: Attempt): string | undefined {
  const came = callVerdict(callOf(delivery, attempt));
  if (attempt.call?.callSid === undefined || came === 'opted_out') {
    return undefined;
  }
  return came === 'pending' ? ' (a call, which may still go on)' : ` (${reasonFor(callResult(came, false))})`;
}
