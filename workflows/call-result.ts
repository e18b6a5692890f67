import { type AttemptResult } from '../src/domain/attempt-result';
import { type CallVerdict } from '../src/domain/call-state';

/** Whether a machine was left a message; `perhaps` when Twilio did not say so. */
export type MessageLeft = boolean | 'perhaps';

/**
 * What a call that has ended means for the policy. What proves that a person took or acknowledged it is seen as an interruption of
 * the ladder, as a receipt is: here it stands only for calls that nobody acknowledged.
 */
export function callResult(verdict: CallVerdict, wasMessageLeft: MessageLeft): AttemptResult {
  switch (verdict) {
    case 'opted_out':
      return { kind: 'opted_out', reason: 'whoever took the call wants no more calls, so nothing more is sent' };
    case 'acknowledged':
      return { kind: 'acknowledged', by: 'keypress' };
    case 'put_through':
      return { kind: 'acknowledged', by: 'connection' };
    case 'wants_person':
      return { kind: 'wants_person' };
    case 'pending':
      return { kind: 'not_reached', call: 'unproved' };
    case 'voicemail':
      return { kind: 'not_reached', call: verdict, ...(wasMessageLeft !== false && { wasMessageLeft }) };
    default:
      return { kind: 'not_reached', call: verdict };
  }
}
