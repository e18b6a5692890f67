import { type AttemptResult } from '../../src/domain/attempt-result';
import { reasonFor } from '../../src/domain/describe-attempt';

describe('reasonFor', () => {
  it.each<[AttemptResult, string]>([
    [{ kind: 'delivered', status: 'delivered' }, 'it reached the handset of the recipient'],
    [{ kind: 'delivered', status: 'read' }, 'the recipient has read it'],
    [
      { kind: 'refused', errorCode: 30007, errorClass: 'message', reason: 'the carrier filtered it' },
      'error 30007: the carrier filtered it',
    ],
    [{ kind: 'refused', errorClass: 'unknown', reason: 'Twilio gave no error code' }, 'Twilio gave no error code'],
    [{ kind: 'timed_out' }, 'Twilio took it, and no receipt that decides came in time'],
    [{ kind: 'opted_out', reason: 'the recipient said stop' }, 'the recipient said stop'],
    [{ kind: 'ambiguous', reason: 'the answer was lost' }, 'the answer was lost'],
    [{ kind: 'acknowledged' }, 'a person took it'],
    [{ kind: 'not_acknowledged' }, 'nobody acknowledged the task in time'],
    [{ kind: 'canceled' }, 'it was canceled'],
    [
      { kind: 'not_reached', call: 'voicemail', wasMessageLeft: 'perhaps' },
      'a machine took the call, and a message may have been left on it',
    ],
  ])('%j', (result, reason) => {
    expect(reasonFor(result)).toBe(reason);
  });
});
