import fc from 'fast-check';
import { type AttemptResult } from '../../src/domain/attempt-result';
import { classifyError } from '../../src/domain/error-catalogue';
import { type LadderMoment, nextStep, type NextStep } from '../../src/domain/next-step';
import { DEFAULT_POLICIES, type EscalationStep, type Policy } from '../../src/domain/policy';
import { conditionsOf, isLedTo, STEP_CONDITIONS, type StepCondition } from '../../src/domain/step-condition';
import { anyMessageResult, anyPolicy } from './arbitraries';
import { escalated, FIRST, walkLadder } from './walk-ladder';

const policyWith = (escalation: readonly EscalationStep[], parts: Partial<Policy> = {}): Policy => ({
  ...DEFAULT_POLICIES.notification,
  ...parts,
  escalation,
});
const onlyWhen = (when: readonly StepCondition[]) => (when.length === 0 ? {} : { when });
const sms = (...when: StepCondition[]): EscalationStep => ({ channel: 'sms', ...onlyWhen(when) });
const human = (...when: StepCondition[]): EscalationStep => ({
  channel: 'human',
  queue: 'desk',
  acknowledgeTimeout: '1h',
  ...onlyWhen(when),
});
const voice = (...when: StepCondition[]): EscalationStep => ({
  channel: 'voice',
  language: 'en-US',
  acknowledge: 'answer',
  ringTimeout: '30s',
  ...onlyWhen(when),
});
const template = (...when: StepCondition[]): EscalationStep => ({
  channel: 'whatsapp',
  content: { body: 'another text' },
  ...onlyWhen(when),
});
const refusedWith = (errorCode: number): AttemptResult => {
  const { errorClass, meaning } = classifyError(errorCode);
  return { kind: 'refused', errorCode, errorClass, reason: meaning };
};
const called = (call: Extract<AttemptResult, { kind: 'not_reached' }>['call']): AttemptResult => ({
  kind: 'not_reached',
  call,
});
const timedOut: AttemptResult = { kind: 'timed_out' };
const stepAfter = (policy: Policy, result: AttemptResult, moment: LadderMoment = FIRST): number | string => {
  const next = nextStep(policy, moment, result);
  return next.kind === 'escalate' ? next.step : next.kind;
};

describe('what a result is called', () => {
  it.each<[string, AttemptResult, readonly string[]]>([
    ['silence', timedOut, ['timeout']],
    ['a task that nobody took', { kind: 'not_acknowledged' }, ['timeout']],
    ['a code that is not in the table', refusedWith(39999), ['failed', 'unknown']],
    ['a refusal without a code', { kind: 'refused', errorClass: 'unknown', reason: '' }, ['failed', 'unknown']],
    ['a landline', refusedWith(30006), ['failed', 'recipient', 'landline']],
    ['no mobile number', refusedWith(21614), ['failed', 'recipient', 'landline']],
    ['a closed window', refusedWith(63016), ['failed', 'message', 'outside_window']],
    ['nobody on WhatsApp', refusedWith(63024), ['failed', 'recipient', 'not_on_channel']],
    ['a filtered text', refusedWith(30007), ['failed', 'message']],
    ['an opt-out', refusedWith(21610), []],
    ['an opt-out from marketing', refusedWith(63033), []],
    ['what the ledger holds back', { kind: 'opted_out', reason: '' }, []],
    ['a block', refusedWith(63014), ['blocked']],
    ['what the ledger holds back for a block alone', { kind: 'opted_out', reason: '', isBlock: true }, ['blocked']],
    [
      'a block that is configured to be no opt-out',
      { kind: 'refused', errorCode: 63014, errorClass: 'recipient', reason: '' },
      ['failed', 'recipient', 'blocked'],
    ],
    [
      'an address that is known for a landline',
      { kind: 'suppressed', errorCode: 21635, reason: '' },
      ['failed', 'recipient', 'landline'],
    ],
    ['what nobody knows', { kind: 'ambiguous', reason: '' }, ['failed', 'ambiguous']],
    ['a busy line', called('busy'), ['failed', 'busy']],
    ['a call that nobody took', called('no_answer'), ['timeout', 'no_answer']],
    ['a machine', called('voicemail'), ['timeout', 'voicemail']],
    ['no key', called('answered'), ['timeout']],
    ['no connection', called('failed'), ['failed']],
    ['a phone that rang until its step was over', called('canceled'), ['timeout']],
    ['key 9', { kind: 'wants_person' }, ['wants_person']],
    ['arrived', { kind: 'delivered', status: 'read' }, []],
  ])('%s', (_what, result, names) => {
    expect(conditionsOf(result)).toEqual(names);
  });
});

describe('the failing class chooses the step', () => {
  const ladder = policyWith(
    [template('outside_window'), sms('not_on_channel', 'timeout'), voice('landline'), human()],
    { maxAttempts: 1 },
  );

  it.each<[string, AttemptResult, number]>([
    ['outside of the window: the template', refusedWith(63016), 1],
    ['not on WhatsApp: sms', refusedWith(63003), 2],
    ['silence: sms', timedOut, 2],
    ['a landline: a call', refusedWith(30006), 3],
    ['anything else: a person', refusedWith(30007), 4],
  ])('%s', (_what, result, step) => {
    expect(stepAfter(ladder, result)).toBe(step);
  });

  it('asks each step about the result that ends the step before, and never goes back', () => {
    const first = escalated(nextStep(ladder, FIRST, refusedWith(63003)));
    expect(stepAfter(ladder, refusedWith(63016), first)).toBe(4);
    expect(stepAfter(ladder, refusedWith(21614), first)).toBe(3);
  });
});

describe('when', () => {
  it('passes over every step that it does not suit, and ends as without them', () => {
    expect(nextStep(policyWith([sms('timeout'), voice('landline')]), FIRST, refusedWith(21211))).toEqual({
      kind: 'end',
      outcome: 'undeliverable',
    });
  });

  it('does not weaken what an earlier step demands', () => {
    expect(stepAfter(policyWith([sms('message'), sms('any'), human('message')]), refusedWith(30007))).toBe(3);
    expect(stepAfter(policyWith([sms('ambiguous')]), { kind: 'ambiguous', reason: '' })).toBe('end');
    expect(stepAfter(policyWith([sms('any')]), refusedWith(21610))).toBe('end');
  });

  it('takes a text that the window kept out to another channel as it is', () => {
    expect(nextStep(policyWith([sms('outside_window'), sms('any')]), FIRST, refusedWith(63016))).toEqual({
      kind: 'escalate',
      step: 1,
    });
  });

  it('leads whoever pressed 9 only to a person who is for them', () => {
    const policy = policyWith([human('timeout'), human('wants_person')]);
    expect(stepAfter(policy, { kind: 'wants_person' })).toBe(2);
    expect(stepAfter(policyWith([human('timeout')]), { kind: 'wants_person' })).toBe('end');
  });
});

describe('a block', () => {
  const onWhatsApp = { ...FIRST, channel: 'whatsapp' } as const;
  const both: readonly AttemptResult[] = [refusedWith(63014), { kind: 'opted_out', reason: '', isBlock: true }];

  it.each<[string, readonly EscalationStep[], number | string]>([
    ['nothing else asked for', [sms(), sms('any'), voice('failed', 'recipient', 'not_on_channel'), human()], 'end'],
    ['another channel', [sms(), sms('blocked')], 2],
    ['a call', [voice('landline', 'blocked')], 1],
    ['a person', [human('timeout'), human('blocked')], 2],
    ['the same channel', [template('blocked')], 'end'],
    ['the same channel, and then another', [template('any', 'blocked'), sms('any', 'blocked')], 2],
  ])('leads to what asks for it by name: %s', (_asked, escalation, expected) => {
    expect(both.map((result) => stepAfter(policyWith(escalation), result, onWhatsApp))).toEqual([expected, expected]);
  });

  it('ends the message as opted out where no step is for it', () => {
    for (const result of both) {
      expect(nextStep(policyWith([sms()]), onWhatsApp, result)).toEqual({ kind: 'end', outcome: 'opted_out' });
    }
  });

  it('is no way around what an earlier step demands', () => {
    const policy = policyWith([sms('blocked'), human('blocked')]);
    expect(both.map((result) => stepAfter(policy, result, { ...onWhatsApp, only: 'another_text' }))).toEqual([2, 2]);
  });

  it.each<[string, AttemptResult]>([
    ['a STOP to the sender', refusedWith(21610)],
    ['a STOP to marketing', refusedWith(63033)],
    ['a STOP in the ledger', { kind: 'opted_out', reason: '' }],
  ])('is something else than %s, which leads nowhere', (_what, result) => {
    expect(stepAfter(policyWith([sms('blocked'), human('blocked')]), result, onWhatsApp)).toBe('end');
  });

  it('leads nowhere from where no channel is known', () => {
    expect(both.map((result) => stepAfter(policyWith([sms('blocked'), human('blocked')]), result))).toEqual([
      'end',
      'end',
    ]);
  });
});

describe('the clock of a step', () => {
  const policy = policyWith([sms('timeout'), sms('any')], {
    maxAttempts: 3,
    retry: { initialDelay: '30s', factor: 1, maxDelay: '30s' },
  });

  it.each<[string, number | undefined, number | string]>([
    ['none', undefined, 'retry'],
    ['time for another attempt', 30_001, 'retry'],
    ['no time for another one', 30_000, 1],
    ['no time at all', 0, 1],
  ])('%s', (_what, stepLeftMs, expected) => {
    const moment = { ...FIRST, ...(stepLeftMs === undefined ? {} : { stepLeftMs }) };
    expect(stepAfter(policy, refusedWith(30003), moment)).toBe(expected);
    expect(stepAfter({ ...policy, onTimeout: 'retry' }, timedOut, moment)).toBe(expected);
  });

  it('is no time-out when the attempts were used up first', () => {
    expect(stepAfter(policy, refusedWith(30003), { step: 0, attemptInStep: 3, stepLeftMs: 0 })).toBe(2);
  });

  it('ends the message as the last attempt did, where no step follows', () => {
    expect(nextStep(policyWith([]), { ...FIRST, stepLeftMs: 0 }, refusedWith(30003))).toEqual({
      kind: 'end',
      outcome: 'failed',
    });
  });
});

describe('the template of a step', () => {
  const refusal = { ...refusedWith(63016), hasTemplate: true } as AttemptResult;

  it('goes out at once on the same channel, however few attempts are allowed', () => {
    expect(nextStep(policyWith([sms('any')], { maxAttempts: 1 }), FIRST, refusal)).toEqual({
      kind: 'retry',
      delayMs: 0,
      isTemplate: true,
    });
  });

  it('goes out once, and not when the step has no time left', () => {
    const policy = policyWith([sms('any')]);
    expect(stepAfter(policy, refusal, { ...FIRST, isTemplate: true })).toBe(1);
    expect(stepAfter(policy, refusal, { ...FIRST, stepLeftMs: 0 })).toBe(1);
  });
});

describe('every ladder', () => {
  const anyClock = fc
    .array(fc.option(fc.integer({ min: 0, max: 3_600_000 }), { nil: undefined }), { minLength: 11, maxLength: 11 })
    .map((left) => (step: number) => left[step]);
  const anyWalk = fc
    .tuple(anyPolicy, fc.array(anyMessageResult, { minLength: 1, maxLength: 8 }), anyClock)
    .map(([policy, results, clock]) => ({ policy, moves: walkLadder(policy, results, clock) }));
  const runs = { numRuns: 1_000 };

  it('ends, and never goes back', () => {
    fc.assert(
      fc.property(anyWalk, ({ moves }) => {
        expect(moves.at(-1)?.next.kind).toBe('end');
        const steps = moves.map(({ position }) => position.step);
        expect(steps).toEqual(steps.toSorted((a, b) => a - b));
        const escalations = moves.flatMap(({ next, position }) =>
          next.kind === 'escalate' ? [next.step - position.step] : [],
        );
        expect(escalations.every((up) => up > 0)).toBe(true);
      }),
      runs,
    );
  });

  it('takes no step whose `when` excludes the result', () => {
    fc.assert(
      fc.property(anyWalk, ({ moves, policy }) => {
        for (const { next, position, result } of moves) {
          if (next.kind === 'escalate') {
            const { when = ['any'] } = policy.escalation[next.step - 1] ?? {};
            const names: readonly StepCondition[] = [
              'any',
              ...conditionsOf(result),
              ...(position.stepLeftMs === undefined ? [] : (['timeout'] as const)),
            ];
            expect(when.some((name) => names.includes(name))).toBe(true);
          }
        }
      }),
      runs,
    );
  });

  it('passes over no step that suits', () => {
    fc.assert(
      fc.property(anyWalk, ({ moves, policy }) => {
        for (const { next, position, result } of moves) {
          if (next.kind === 'escalate' && next.only === undefined) {
            const isClosed = (step: EscalationStep): boolean => isBlock(result) && step.channel === position.channel;
            const passed = policy.escalation.slice(position.step, next.step - 1).filter((step) => !isClosed(step));
            expect(passed.filter((step) => isLedTo(step, conditionsOf(result)))).toEqual([]);
          }
        }
      }),
      runs,
    );
  });

  it('goes on after a block only by a step that names it, and never by the same channel', () => {
    let taken = 0;
    fc.assert(
      fc.property(anyWalk, ({ moves, policy }) => {
        for (const { next, position } of moves.filter(({ result }) => isBlock(result))) {
          if (next.kind === 'end') {
            expect(next.outcome).toBe('opted_out');
            continue;
          }
          taken += 1;
          const step = next.kind === 'escalate' ? policy.escalation[next.step - 1] : undefined;
          expect(step?.when).toContain('blocked');
          expect(step?.channel).not.toBe(position.channel);
        }
      }),
      runs,
    );
    expect(taken).toBeGreaterThan(0);
  });

  it('ends at once with what arrived, was acknowledged or wants to hear no more, whatever `when` and clocks say', () => {
    const anyEnd = fc.constantFrom<[AttemptResult, string]>(
      [{ kind: 'delivered', status: 'delivered' }, 'delivered'],
      [{ kind: 'acknowledged' }, 'acknowledged'],
      [{ kind: 'acknowledged', by: 'keypress' }, 'acknowledged'],
      [{ kind: 'opted_out', reason: 'said stop' }, 'opted_out'],
      [refusedWith(21610), 'opted_out'],
      [{ kind: 'canceled' }, 'canceled'],
    );
    fc.assert(
      fc.property(anyWalk, anyEnd, ({ moves, policy }, [result, outcome]) => {
        for (const { position } of moves) {
          expect(nextStep(policy, position, result)).toEqual<NextStep>({ kind: 'end', outcome: outcome as never });
        }
      }),
      { numRuns: 200 },
    );
  });
});

function isBlock(result: AttemptResult): boolean {
  return result.kind === 'refused'
    ? result.errorCode === 63014
    : result.kind === 'opted_out' && result.isBlock === true;
}

test('each name of a result that leads on is one that `when` can say', () => {
  fc.assert(
    fc.property(anyMessageResult, (result) => {
      expect(conditionsOf(result).filter((name) => !STEP_CONDITIONS.includes(name))).toEqual([]);
    }),
  );
});
