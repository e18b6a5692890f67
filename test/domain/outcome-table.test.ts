import { explainOutcome } from '../../src/domain/explain-outcome';
import { OUTCOME_KINDS } from '../../src/domain/outcome';
import { OUTCOME_TABLE } from '../../src/domain/outcome-table';

test('every outcome has its words: a reason without a full stop, a remedy of one sentence', () => {
  expect(Object.keys(OUTCOME_TABLE).toSorted()).toEqual(OUTCOME_KINDS.toSorted());
  for (const { meaning, remedy } of Object.values(OUTCOME_TABLE)) {
    expect(meaning).toMatch(/^[a-zT][^.]+[^.]$/);
    expect(remedy).toMatch(/^[A-Z][^.]+\.$/);
  }
});

test('what stopped a message on purpose is no failure', () => {
  const stopped = OUTCOME_KINDS.filter((kind) => OUTCOME_TABLE[kind].verdict === 'stopped');
  expect(stopped).toEqual(['opted_out', 'expired', 'canceled', 'suppressed']);
  const failures = OUTCOME_KINDS.filter((kind) => OUTCOME_TABLE[kind].verdict === 'failure');
  expect(failures).toEqual(['undeliverable', 'failed', 'partly_delivered']);
});

test.each([
  ['its kind, without an error code', { kind: 'expired' as const }, OUTCOME_TABLE.expired],
  [
    'its error code',
    { kind: 'failed' as const, errorCode: 21606 },
    {
      meaning: 'the sender cannot send messages to this destination',
      remedy: expect.stringContaining('Check the sender') as string,
    },
  ],
  [
    'both, when a code that is no opt-out by itself was configured as one',
    { kind: 'opted_out' as const, errorCode: 30007 },
    {
      meaning: 'Twilio or the carrier filtered the message as unwanted content',
      remedy: OUTCOME_TABLE.opted_out.remedy,
    },
  ],
  [
    'its error code and what to do about the suppression that it led to',
    { kind: 'suppressed' as const, errorCode: 30005 },
    { meaning: 'the number is unknown or no longer in use', remedy: OUTCOME_TABLE.suppressed.remedy },
  ],
])('an ending is explained by %s', (_what, ending, { meaning, remedy }) => {
  expect(explainOutcome(ending)).toEqual({ reason: meaning, remedy });
});
