import { type AttemptResult } from '../../src/domain/attempt-result';
import { type NextStep, nextStep } from '../../src/domain/next-step';
import { DEFAULT_POLICIES } from '../../src/domain/policy';
import { whenTimeIsOver } from '../../src/domain/when-time-is-over';

const first = { step: 0, attemptInStep: 1 };
const retry: NextStep = { kind: 'retry', delayMs: 1 };
const escalate: NextStep = { kind: 'escalate', step: 1 };
const refused: AttemptResult = { kind: 'refused', errorClass: 'retry', reason: 'off' };

it.each<[string, NextStep, AttemptResult, object, NextStep]>([
  [
    'an end stays what it is',
    { kind: 'end', outcome: 'undeliverable' },
    refused,
    first,
    { kind: 'end', outcome: 'undeliverable' },
  ],
  ['nothing is tried again', retry, refused, first, { kind: 'end', outcome: 'expired' }],
  ['no further step is taken', escalate, { kind: 'timed_out' }, first, { kind: 'end', outcome: 'expired' }],
  [
    'what nobody knows stays said',
    escalate,
    { kind: 'ambiguous', reason: '?' },
    first,
    { kind: 'end', outcome: 'ambiguous' },
  ],
  [
    'even when a person was asked',
    escalate,
    { kind: 'not_acknowledged' },
    { ...first, only: 'person' },
    { kind: 'end', outcome: 'ambiguous' },
  ],
])('%s', (_what, planned, result, position, expected) => {
  expect(whenTimeIsOver(planned, { ...first, ...position }, result)).toEqual(expected);
});

it.each([
  [undefined, 'expired'],
  ['another_text', 'expired'],
  ['person', 'ambiguous'],
] as const)('an expired attempt ends the message, with the demand %p as %s', (only, outcome) => {
  const position = only === undefined ? first : { ...first, only };
  const result: AttemptResult = { kind: 'expired', reason: 'over' };
  expect(nextStep(DEFAULT_POLICIES.notification, position, result)).toEqual({ kind: 'end', outcome });
});
