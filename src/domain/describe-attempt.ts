import { type AttemptResult } from './attempt-result';

/** What became of an attempt, in words for people: no address, no text. */
export function reasonFor(result: AttemptResult): string {
  switch (result.kind) {
    case 'delivered':
      return result.status === 'read' ? 'the recipient has read it' : 'it reached the handset of the recipient';
    case 'refused':
      return result.errorCode === undefined ? result.reason : `error ${result.errorCode}: ${result.reason}`;
    case 'timed_out':
      return 'Twilio took it, and no receipt that decides came in time';
    case 'opted_out':
    case 'suppressed':
    case 'ambiguous':
    case 'expired':
    case 'fanned_out':
      return result.reason;
    case 'acknowledged':
      return 'a person took it';
    case 'canceled':
      return 'it was canceled';
    case 'not_acknowledged':
      return 'nobody acknowledged the task in time';
  }
}
