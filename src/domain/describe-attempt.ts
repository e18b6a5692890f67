import { type AttemptResult, type UnansweredCall } from './attempt-result';

const CALLS_IN_VAIN: Readonly<Record<UnansweredCall, string>> = {
  busy: 'the line was busy',
  no_answer: 'nobody answered the call',
  failed: 'the call could not be connected',
  canceled: 'the call was canceled before anybody took it',
  voicemail: 'a machine took the call',
  unproved: 'the call was taken, and nothing proves that it was by a person',
  answered: 'a person took the call and pressed no key',
};

const ACKNOWLEDGED_BY = {
  keypress: 'a person acknowledged it by a key during the call',
  connection: 'whoever took the call was put through to a person',
} as const;

/** What became of an attempt, in words for people: no address, no text. */
export function reasonFor(result: AttemptResult): string {
  switch (result.kind) {
    case 'delivered':
      if (result.by === 'call') {
        return 'a person took the call';
      }
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
      return result.by === undefined ? 'a person took it' : ACKNOWLEDGED_BY[result.by];
    case 'not_reached':
      return CALLS_IN_VAIN[result.call] + leftOn(result.wasMessageLeft);
    case 'wants_person':
      return 'whoever took the call wants to speak to a person';
    case 'canceled':
      return 'it was canceled';
    case 'not_acknowledged':
      return 'nobody acknowledged the task in time';
  }
}

function leftOn(wasMessageLeft: true | 'perhaps' | undefined): string {
  if (wasMessageLeft === undefined) {
    return '';
  }
  return wasMessageLeft === true ? ', and a message was left on it' : ', and a message may have been left on it';
}
