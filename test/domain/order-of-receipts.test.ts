import { correctOutcome } from '../../src/domain/correct-outcome';
import { advance, type DeliveryState, NOTHING_HEARD, verdict } from '../../src/domain/delivery-state';
import { reasonFor } from '../../src/domain/describe-attempt';
import { nextStep } from '../../src/domain/next-step';
import { DEFAULT_OPT_OUT_CODES } from '../../src/domain/opt-out-code';
import { type Outcome } from '../../src/domain/outcome';
import { DEFAULT_POLICIES } from '../../src/domain/policy';
import { type AttemptResult } from '../../src/domain/attempt-result';
import { refusalFrom } from '../../src/domain/refusal-from';

type Event = Parameters<typeof advance>[1];

/** A whole life with contradictions: the times are Twilio's, the order of arrival is what the tests change. */
const LIFE: readonly Event[] = [
  { status: 'sent', at: '2026-01-01T00:00:01.000Z' },
  { status: 'undelivered', at: '2026-01-01T00:00:02.000Z', errorCode: 30003 },
  { status: 'delivered', at: '2026-01-01T00:00:03.000Z' },
  { status: 'failed', at: '2026-01-01T00:00:04.000Z', errorCode: 30005 },
  { status: 'read', at: '2026-01-01T00:00:05.000Z' },
];
const POLICY = { ...DEFAULT_POLICIES.notification, maxAttempts: 1, escalation: [] };

const fold = (events: readonly Event[]): DeliveryState => events.reduce(advance, NOTHING_HEARD);

/** How the workflow ends a message with one attempt, when this is what it has heard. */
function endedWith(heard: readonly Event[]): Outcome {
  const state = fold(heard);
  const result = resultOf(state);
  const next = nextStep(POLICY, { step: 0, attemptInStep: 1 }, result);
  if (next.kind !== 'end') {
    throw new Error('a policy without steps ends');
  }
  const error = result.kind === 'refused' ? result : undefined;
  return {
    kind: next.outcome,
    channel: 'sms',
    attempt: 1,
    ...(error?.errorCode === undefined ? {} : { errorCode: error.errorCode }),
    ...(error === undefined ? {} : { errorClass: error.errorClass }),
    reason: reasonFor(result),
    at: '2026-01-01T00:01:00.000Z',
  };
}

function resultOf(state: DeliveryState): AttemptResult {
  switch (verdict(state)) {
    case 'delivered':
      return { kind: 'delivered', status: state.status === 'read' ? 'read' : 'delivered' };
    case 'failed':
      return refusalFrom(state, DEFAULT_OPT_OUT_CODES);
    case 'pending':
      return { kind: 'timed_out' };
  }
}

/** What is on record when `closedAfter` events came in time, and the others after the end. */
function finalOutcome(order: readonly Event[], closedAfter: number): Outcome {
  const firstDeciding = order.findIndex((_, index) => verdict(fold(order.slice(0, index + 1))) !== 'pending') + 1;
  const heard = order.slice(0, firstDeciding === 0 ? closedAfter : Math.min(firstDeciding, closedAfter));
  const recorded = endedWith(heard);
  const facts = [{ number: 1, channel: 'sms' as const, state: fold(order) }];
  return correctOutcome(recorded, facts, DEFAULT_OPT_OUT_CODES) ?? recorded;
}

const said = ({ kind, attempt, errorCode, errorClass, reason }: Outcome) => ({
  kind,
  attempt,
  errorCode,
  errorClass,
  reason,
});

test('for every set of receipts, every order, every repetition and every moment of the end, state and outcome are the same', () => {
  const lives = subsets(LIFE);
  expect(lives).toHaveLength(32);
  for (const life of lives) {
    const expected = { state: fold(life), outcome: said(endedWith(life)) };
    for (const order of permutations(life)) {
      for (const retold of [order, [...order, ...order], order.flatMap((event) => [event, event])]) {
        for (let closedAfter = 0; closedAfter <= retold.length; closedAfter += 1) {
          expect({ state: fold(retold), outcome: said(finalOutcome(retold, closedAfter)) }).toEqual(expected);
        }
      }
    }
  }
});

function subsets<T>(items: readonly T[]): T[][] {
  return items.reduce<T[][]>((all, item) => [...all, ...all.map((subset) => [...subset, item])], [[]]);
}

function permutations<T>(items: readonly T[]): T[][] {
  return items.length === 0
    ? [[]]
    : items.flatMap((item, index) => permutations(items.toSpliced(index, 1)).map((rest) => [item, ...rest]));
}
