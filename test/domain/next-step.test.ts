import fc from 'fast-check';
import { type AttemptResult } from '../../src/domain/attempt-result';
import { durationMs } from '../../src/domain/duration';
import { type ErrorClass } from '../../src/domain/error-class';
import { type LadderPosition, nextStep, type NextStep } from '../../src/domain/next-step';
import { DEFAULT_POLICIES, type EscalationStep, MAX_ATTEMPTS, type Policy } from '../../src/domain/policy';
import { anyMessageResult, anyPolicy } from './arbitraries';
import { escalated, FIRST, walkLadder } from './walk-ladder';

const SMS: EscalationStep = { channel: 'sms', to: '+12025550102' };
const OTHER_TEXT: EscalationStep = { channel: 'sms', content: { body: 'another text' } };
const HUMAN: EscalationStep = { channel: 'human', queue: 'desk', acknowledgeTimeout: '1h' };

const policyWith = (parts: Partial<Policy>): Policy => ({ ...DEFAULT_POLICIES.notification, ...parts });
const refused = (errorClass: ErrorClass): AttemptResult => ({ kind: 'refused', errorClass, reason: 'refused' });
const LAST: LadderPosition = { step: 0, attemptInStep: 3 };
const timedOut: AttemptResult = { kind: 'timed_out' };
const notAcknowledged: AttemptResult = { kind: 'not_acknowledged' };
const ambiguous: AttemptResult = { kind: 'ambiguous', reason: 'no answer' };

describe('nextStep without escalation', () => {
  it.each<[string, LadderPosition, AttemptResult, Partial<Policy>, NextStep]>([
    ['delivered', FIRST, { kind: 'delivered', status: 'delivered' }, {}, { kind: 'end', outcome: 'delivered' }],
    ['read', FIRST, { kind: 'delivered', status: 'read' }, {}, { kind: 'end', outcome: 'read' }],
    ['held back by the ledger', FIRST, { kind: 'opted_out', reason: '' }, {}, { kind: 'end', outcome: 'opted_out' }],
    ['refused as opted out', FIRST, refused('opt_out'), {}, { kind: 'end', outcome: 'opted_out' }],
    ['ambiguous', FIRST, ambiguous, {}, { kind: 'end', outcome: 'ambiguous' }],
    ['a passing error', FIRST, refused('retry'), {}, { kind: 'retry', delayMs: 30_000 }],
    ['a limit', FIRST, refused('limit'), {}, { kind: 'retry', delayMs: 30_000 }],
    ['a passing error at the last attempt', LAST, refused('retry'), {}, { kind: 'end', outcome: 'failed' }],
    ['a recipient who cannot be reached', FIRST, refused('recipient'), {}, { kind: 'end', outcome: 'undeliverable' }],
    ['a text that is refused', FIRST, refused('message'), {}, { kind: 'end', outcome: 'undeliverable' }],
    ['trouble with the account', FIRST, refused('config'), {}, { kind: 'end', outcome: 'failed' }],
    ['an unknown code', FIRST, refused('unknown'), {}, { kind: 'end', outcome: 'failed' }],
    ['silence', FIRST, timedOut, {}, { kind: 'end', outcome: 'unconfirmed' }],
    ['silence that is accepted', FIRST, timedOut, { onTimeout: 'accept' }, { kind: 'end', outcome: 'unconfirmed' }],
    ['silence that is retried', FIRST, timedOut, { onTimeout: 'retry' }, { kind: 'retry', delayMs: 30_000 }],
    ['silence after the last retry', LAST, timedOut, { onTimeout: 'retry' }, { kind: 'end', outcome: 'unconfirmed' }],
  ])('%s', (_name, position, result, parts, expected) => {
    expect(nextStep(policyWith(parts), position, result)).toEqual(expected);
  });
});

describe('nextStep with escalation', () => {
  it.each<[string, AttemptResult, Partial<Policy>, EscalationStep[], NextStep]>([
    ['silence goes on', timedOut, {}, [SMS], { kind: 'escalate', step: 1 }],
    [
      'accepted silence does not go on',
      timedOut,
      { onTimeout: 'accept' },
      [SMS],
      { kind: 'end', outcome: 'unconfirmed' },
    ],
    ['an unreachable recipient goes on', refused('recipient'), {}, [SMS], { kind: 'escalate', step: 1 }],
    ['account trouble goes on', refused('config'), {}, [SMS], { kind: 'escalate', step: 1 }],
    ['a passing error is tried again first', refused('retry'), {}, [SMS], { kind: 'retry', delayMs: 30_000 }],
    ['an opt-out goes nowhere', refused('opt_out'), {}, [SMS, HUMAN], { kind: 'end', outcome: 'opted_out' }],
    [
      'a ledger opt-out goes nowhere',
      { kind: 'opted_out', reason: '' },
      {},
      [SMS, HUMAN],
      { kind: 'end', outcome: 'opted_out' },
    ],
    ['a refused text is not sent again', refused('message'), {}, [SMS], { kind: 'end', outcome: 'undeliverable' }],
  ])('%s', (_name, result, parts, escalation, expected) => {
    expect(nextStep(policyWith({ ...parts, escalation }), FIRST, result)).toEqual(expected);
  });

  it('takes a refused text to the next step with a text of its own', () => {
    expect(nextStep(policyWith({ escalation: [SMS, OTHER_TEXT] }), FIRST, refused('message'))).toMatchObject({
      kind: 'escalate',
      step: 2,
    });
  });

  it('takes an ambiguous attempt to a person only', () => {
    expect(nextStep(policyWith({ escalation: [SMS, OTHER_TEXT, HUMAN] }), FIRST, ambiguous)).toMatchObject({
      kind: 'escalate',
      step: 3,
    });
  });

  it('goes on from the step where the message stands, never back', () => {
    const policy = policyWith({ escalation: [SMS, HUMAN, SMS] });
    expect(nextStep(policy, { step: 2, attemptInStep: 1 }, notAcknowledged)).toEqual({ kind: 'escalate', step: 3 });
    expect(nextStep(policy, { step: 3, attemptInStep: 1 }, refused('recipient'))).toEqual({
      kind: 'end',
      outcome: 'undeliverable',
    });
  });

  it('counts attempts by the step, which may have a limit of its own', () => {
    const policy = policyWith({ escalation: [{ ...SMS, maxAttempts: 1 }, SMS] });
    expect(nextStep(policy, { step: 1, attemptInStep: 1 }, refused('retry'))).toEqual({ kind: 'escalate', step: 2 });
    expect(nextStep(policy, { step: 2, attemptInStep: 1 }, refused('retry'))).toMatchObject({ kind: 'retry' });
  });

  it('does not send a refused text again after nobody acknowledged', () => {
    const policy = policyWith({ escalation: [HUMAN, SMS] });
    const toHuman = escalated(nextStep(policy, FIRST, refused('message')));
    expect(toHuman.step).toBe(1);
    expect(nextStep(policy, toHuman, notAcknowledged)).toEqual({ kind: 'end', outcome: 'undeliverable' });
  });

  it('does not send a refused text again after a step with another text was not heard of', () => {
    const policy = policyWith({ escalation: [OTHER_TEXT, SMS] });
    const toOtherText = escalated(nextStep(policy, FIRST, refused('message')));
    expect(nextStep(policy, toOtherText, timedOut)).toEqual({ kind: 'end', outcome: 'unconfirmed' });
  });

  it('stays ambiguous when nobody acknowledged, and sends nothing more', () => {
    const policy = policyWith({ escalation: [HUMAN, SMS, OTHER_TEXT] });
    const toHuman = escalated(nextStep(policy, FIRST, ambiguous));
    expect(nextStep(policy, toHuman, notAcknowledged)).toEqual({ kind: 'end', outcome: 'ambiguous' });
  });
});

describe('backoff', () => {
  const policy = policyWith({ maxAttempts: 10, retry: { initialDelay: '10s', factor: 3, maxDelay: '5m' } });

  it('grows by the factor up to the longest delay', () => {
    const delays = [1, 2, 3, 4, 5, 9].map((attemptInStep) =>
      nextStep(policy, { step: 0, attemptInStep }, refused('retry')),
    );
    expect(delays).toEqual(
      [10_000, 30_000, 90_000, 270_000, 300_000, 300_000].map((delayMs) => ({ kind: 'retry', delayMs })),
    );
  });

  it('is a whole number of milliseconds, at least one, and never longer than the longest delay', () => {
    fc.assert(
      fc.property(anyPolicy, fc.integer({ min: 1, max: MAX_ATTEMPTS - 1 }), (anyone, attemptInStep) => {
        const next = nextStep({ ...anyone, maxAttempts: MAX_ATTEMPTS }, { step: 0, attemptInStep }, refused('retry'));
        if (next.kind !== 'retry') {
          throw new Error('expected a retry');
        }
        expect(Number.isInteger(next.delayMs)).toBe(true);
        expect(next.delayMs).toBeGreaterThanOrEqual(1);
        expect(next.delayMs).toBeLessThanOrEqual(durationMs(anyone.retry.maxDelay));
      }),
    );
  });
});

describe('every walk down the ladder', () => {
  const anyWalk = fc
    .tuple(anyPolicy, fc.array(anyMessageResult, { minLength: 1, maxLength: 8 }))
    .map(([policy, results]) => ({
      policy,
      moves: walkLadder(policy, results),
    }));

  it('ends within the attempts that the policy allows', () => {
    fc.assert(
      fc.property(anyWalk, ({ policy, moves }) => {
        // Each step may send the template that WhatsApp wants besides.
        const allowed = [policy, ...policy.escalation].reduce((sum, step) => sum + attemptsOf(step, policy) + 1, 0);
        expect(moves.length).toBeLessThanOrEqual(allowed);
        expect(moves.at(-1)?.next.kind).toBe('end');
      }),
      { numRuns: 500 },
    );
  });

  it('sends nothing after an opt-out that is no block, or an ambiguous attempt, and a refused text never again', () => {
    fc.assert(
      fc.property(anyWalk, ({ policy, moves }) => {
        moves.forEach(({ result }, index) => {
          const later = moves.slice(index + 1).map(({ position }) => policy.escalation[position.step - 1]);
          const laterMessages = later.filter((step) => step?.channel !== 'human');
          if (isOptOut(result)) {
            expect(later).toEqual([]);
          }
          if (result.kind === 'ambiguous') {
            expect(laterMessages).toEqual([]);
          }
          if (result.kind === 'refused' && result.errorClass === 'message' && result.errorCode !== 63016) {
            expect(laterMessages.every((step) => step?.channel === 'voice' || step?.content !== undefined)).toBe(true);
          }
        });
      }),
      { numRuns: 500 },
    );
  });
});

function isOptOut(result: AttemptResult): boolean {
  return result.kind === 'opted_out'
    ? result.isBlock !== true
    : result.kind === 'refused' && result.errorClass === 'opt_out' && result.errorCode !== 63014;
}

function attemptsOf(step: Policy | EscalationStep, policy: Policy): number {
  return 'channel' in step && step.channel === 'human' ? 1 : (step.maxAttempts ?? policy.maxAttempts);
}
