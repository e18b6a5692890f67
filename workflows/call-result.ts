import { type AttemptResult } from '../src/domain/attempt-result';
import { type CallVerdict } from '../src/domain/call-state';

/**
 * What a call that has ended means for the policy. What proves that a person took or acknowledged it is seen as an interruption of
 * the ladder, as a receipt is: here it stands only for calls that nobody acknowledged.
 */
export function callResult(verdict: CallVerdict, wasMessageLeft: boolean): AttemptResult {
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
      return { kind: 'not_reached', call: verdict, ...(wasMessageLeft && ({ wasMessageLeft } as const)) };
    default:
      return { kind: 'not_reached', call: verdict };
  }
}
