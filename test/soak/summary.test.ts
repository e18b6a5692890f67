import { type SoakResult } from '../../scripts/soak/report/soak-result';
import { summaryOf } from '../../scripts/soak/report/summary';

const RESULT: SoakResult = {
  minutes: 2,
  rate: 5,
  seed: 7,
  cores: 2,
  messages: {
    accepted: 600,
    stored: 600,
    outcomes: { delivered: 599, ambiguous: 1 },
    corrections: 12,
    attempts: 700,
    timeToOutcomeMs: { p50: 900, p95: 8_000, p99: 20_000, max: 41_000 },
  },
  caller: { 'repeated posts': 3 },
  answers: { '202': 603 },
  callbacks: { taken: 1_000, refused: 40 },
  webhooks: { answered: 2_000, failed: 4, dropped: 16, repeated: 300, refused: 64, foundByPolling: 40 },
  kills: { 'worker 1': 2 },
  ended: {},
  restarts: { 'Postgres, killed': 1 },
  outages: { 'Postgres, connections cut': 1 },
  conversationsClosed: 3,
  twilioFaults: {},
  forged: {},
  replies: {},
  errorLines: {},
  memoryMib: { atStart: { 'api 1': 100, 'api 2': null }, atEnd: { 'api 1': 101, 'api 2': 99 } },
  checked: {
    messages: 600,
    underWay: 0,
    creates: 700,
    receipts: 700,
    calls: 0,
    callbacks: 900,
    webhooks: 2_004,
    workflows: 600,
  },
  problems: [],
  violations: [],
};

test('has a line for everything that happened, and none for what did not', () => {
  const summary = summaryOf(RESULT);
  expect(summary).toMatch(/^outcomes\n {2}delivered +599\n {2}ambiguous +1$/m);
  expect(summary).toMatch(/^MiB at the start → at the end\n {2}api 1 +100 → 101\n {2}api 2 +\? → 99$/m);
  expect(summary).not.toContain('faults at Twilio');
  expect(summary.split('\n').at(-1)).toBe('2 minutes, 5 messages a second, --seed 7: 0 violations, 0 problems');
});

test('ends with all that is wrong', () => {
  const summary = summaryOf({
    ...RESULT,
    problems: ['a forged webhook was answered with 200'],
    violations: [
      { kind: 'no_outcome', messageId: 'msg_1', attempt: 2, expected: 'an outcome', found: 'none and no workflow' },
    ],
  });
  expect(summary.split('\n').slice(-3)).toEqual([
    'VIOLATION no_outcome (messageId msg_1, attempt 2): expected an outcome, found none and no workflow',
    'PROBLEM a forged webhook was answered with 200',
    '2 minutes, 5 messages a second, --seed 7: 1 violations, 1 problems',
  ]);
});
