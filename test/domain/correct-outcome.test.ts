import fc from 'fast-check';
import { type AttemptFacts, correctOutcome, correctionReason } from '../../src/domain/correct-outcome';
import { advance, type DeliveryState, NOTHING_HEARD, verdict } from '../../src/domain/delivery-state';
import { nextStep } from '../../src/domain/next-step';
import { DEFAULT_OPT_OUT_CODES } from '../../src/domain/opt-out-code';
import { type Outcome, OUTCOME_KINDS, type OutcomeKind } from '../../src/domain/outcome';
import { DEFAULT_POLICIES } from '../../src/domain/policy';
import { refusalFrom } from '../../src/domain/refusal-from';

type Told = Parameters<typeof advance>[1] & { readonly attempt: number };

const at = (second: number): string => new Date(Date.UTC(2026, 0, 1, 0, 0, second)).toISOString();
const told = (attempt: number, status: string, errorCode?: number, second = attempt): Told => ({
  attempt,
  status,
  at: at(second),
  ...(errorCode === undefined ? {} : { errorCode }),
});
const outcome = (kind: OutcomeKind, overrides: Partial<Outcome> = {}): Outcome => ({
  kind,
  channel: 'sms',
  attempt: 2,
  reason: 'what was known then',
  at: at(0),
  ...overrides,
});

/** Two attempts, and what was told of each. */
function factsOf(events: readonly Told[]): AttemptFacts[] {
  return [1, 2].map((number) => ({
    number,
    channel: 'sms',
    state: events.filter(({ attempt }) => attempt === number).reduce<DeliveryState>(advance, NOTHING_HEARD),
  }));
}
const correct = (recorded: Outcome, events: readonly Told[]): Outcome | undefined =>
  correctOutcome(recorded, factsOf(events), DEFAULT_OPT_OUT_CODES);

describe('each outcome and what late receipts make of it', () => {
  const delivered = [told(2, 'delivered')];
  const read = [told(2, 'read')];
  const refused = [told(2, 'undelivered', 30005)];

  const ROWS: readonly (readonly [OutcomeKind, OutcomeKind, OutcomeKind, OutcomeKind])[] = [
    // recorded, then delivered, then read, then refused
    ['acknowledged', 'acknowledged', 'acknowledged', 'acknowledged'],
    ['partly_delivered', 'partly_delivered', 'partly_delivered', 'partly_delivered'],
    ['read', 'read', 'read', 'read'],
    ['delivered', 'delivered', 'read', 'delivered'],
    ['canceled', 'delivered', 'read', 'canceled'],
    ['expired', 'delivered', 'read', 'expired'],
    ['suppressed', 'delivered', 'read', 'suppressed'],
    ['opted_out', 'delivered', 'read', 'opted_out'],
    ['undeliverable', 'delivered', 'read', 'undeliverable'],
    ['failed', 'delivered', 'read', 'undeliverable'],
    ['unconfirmed', 'delivered', 'read', 'undeliverable'],
    ['ambiguous', 'delivered', 'read', 'undeliverable'],
  ];

  it.each(ROWS)('%s: %s by a delivery, %s by a reading, %s by a refusal', (kind, ...expected) => {
    const kinds = [delivered, read, refused].map((events) => (correct(outcome(kind), events) ?? outcome(kind)).kind);
    expect(kinds).toEqual(expected);
  });

  it('is tried for every kind', () => {
    expect(ROWS.map(([kind]) => kind).toSorted()).toEqual(OUTCOME_KINDS.toSorted());
  });
});

it('an opt-out that a refusal told of gives way to another refusal', () => {
  const recorded = outcome('opted_out', { errorClass: 'opt_out', errorCode: 21610 });
  expect(correct(recorded, [told(2, 'undelivered', 30005)])).toMatchObject({ kind: 'undeliverable', errorCode: 30005 });
});

describe('a proof of delivery', () => {
  it('counts for whichever attempt it comes, with its channel and Twilio’s time', () => {
    const [first, second] = factsOf([told(1, 'delivered', undefined, 7)]);
    const facts = [{ ...(first as AttemptFacts), channel: 'whatsapp' as const }, second as AttemptFacts];
    const corrected = correctOutcome(outcome('unconfirmed'), facts, []);
    expect(corrected).toEqual({
      kind: 'delivered',
      channel: 'whatsapp',
      attempt: 1,
      reason: 'it reached the handset of the recipient',
      at: at(7),
    });
  });

  it('of another attempt changes nothing when the message was delivered anyway', () => {
    expect(correct(outcome('delivered'), [told(1, 'delivered'), told(2, 'delivered')])).toBeUndefined();
  });

  it('of a reading wins over a delivery of an earlier attempt', () => {
    expect(correct(outcome('unconfirmed'), [told(1, 'delivered'), told(2, 'read')])).toMatchObject({
      kind: 'read',
      attempt: 2,
    });
  });
});

describe('a refusal', () => {
  it.each([
    [30005, 'undeliverable', 'recipient'],
    [30007, 'undeliverable', 'message'],
    [21610, 'opted_out', 'opt_out'],
    [30003, 'failed', 'retry'],
    [39999, 'failed', 'unknown'],
    [undefined, 'failed', 'unknown'],
  ] as const)('with the code %s of an unconfirmed message makes it %s', (errorCode, kind, errorClass) => {
    const corrected = correct(outcome('unconfirmed'), [told(2, 'failed', errorCode)]);
    expect(corrected).toMatchObject({ kind, errorClass, attempt: 2 });
    expect(corrected?.errorCode).toBe(errorCode);
  });

  it('of an earlier attempt changes nothing: the message did not end on it', () => {
    expect(correct(outcome('unconfirmed'), [told(1, 'undelivered', 30005)])).toBeUndefined();
  });

  it('with the code that is known already changes nothing', () => {
    const recorded = outcome('failed', { errorCode: 30003, errorClass: 'retry' });
    expect(correct(recorded, [told(2, 'undelivered', 30003)])).toBeUndefined();
  });

  it('of the attempt before does not unsay that nobody took the task', () => {
    const refused = [told(2, 'undelivered', 30005)];
    expect(correct(outcome('failed', { channel: 'human' }), refused)).toBeUndefined();
    expect(correct(outcome('ambiguous', { channel: 'human' }), refused)).toMatchObject({ kind: 'undeliverable' });
  });

  it('that leaves room for doubt is ambiguous', () => {
    const providerTimedOut = [told(2, 'failed', 30410)];
    expect(correct(outcome('unconfirmed'), providerTimedOut)?.kind).toBe('ambiguous');
    expect(correct(outcome('ambiguous'), providerTimedOut)).toBeUndefined();
  });
});

describe('a message that is found at Twilio after all', () => {
  const found = (events: readonly Told[]): AttemptFacts[] =>
    factsOf(events).map((facts) => (facts.number === 2 ? { ...facts, isAtTwilio: true } : facts));
  const correctFound = (recorded: Outcome, events: readonly Told[] = []): Outcome | undefined =>
    correctOutcome(recorded, found(events), DEFAULT_OPT_OUT_CODES);

  it('is unconfirmed and no longer ambiguous, also when nobody took the task', () => {
    const expected = { kind: 'unconfirmed', channel: 'sms', attempt: 2, at: at(0) };
    expect(correctFound(outcome('ambiguous'))).toMatchObject(expected);
    expect(correctFound(outcome('ambiguous', { channel: 'human' }), [told(2, 'sent')])).toMatchObject(expected);
    expect(correctionReason(correctFound(outcome('ambiguous')) as Outcome, found([]))).toBe(
      'after the end the message of attempt 2 was found at Twilio',
    );
  });

  it('is what its receipts say as soon as there are some', () => {
    expect(correctFound(outcome('ambiguous'), [told(2, 'delivered')])).toMatchObject({ kind: 'delivered' });
    expect(correctFound(outcome('ambiguous'), [told(2, 'undelivered', 30005)])).toMatchObject({
      kind: 'undeliverable',
    });
  });

  it('stays ambiguous when the receipt itself leaves room for doubt, or when it is another attempt that was found', () => {
    expect(correctFound(outcome('ambiguous'), [told(2, 'failed', 30410)])).toBeUndefined();
    expect(correctFound(outcome('ambiguous', { attempt: 1 }))).toBeUndefined();
  });

  it('changes no other outcome', () => {
    const others = OUTCOME_KINDS.filter((kind) => kind !== 'ambiguous');
    expect(others.map((kind) => correctFound(outcome(kind)))).toEqual(others.map(() => undefined));
  });
});

describe('order and repetition', () => {
  const anyTold = fc
    .record({
      attempt: fc.constantFrom(1, 2),
      status: fc.constantFrom('sent', 'delivered', 'read', 'failed', 'undelivered', 'teleported'),
      second: fc.integer({ min: 0, max: 5 }),
      errorCode: fc.option(fc.constantFrom(30003, 30005, 30007, 21610, 39999), { nil: undefined }),
    })
    .map(({ attempt, status, second, errorCode }) => told(attempt, status, errorCode, second));
  const anyRecorded = fc
    .record({ kind: fc.constantFrom(...OUTCOME_KINDS), channel: fc.constantFrom('sms' as const, 'human' as const) })
    .map(({ kind, channel }) => outcome(kind, { channel }));
  const retelling = fc.array(anyTold, { maxLength: 6 }).chain((events) =>
    fc
      .subarray(events)
      .chain((again) => fc.shuffledSubarray([...events, ...again], { minLength: events.length + again.length }))
      .map((order) => ({ events, order })),
  );

  /** Corrects after each receipt, as the inbox does. */
  const correctOneByOne = (recorded: Outcome, order: readonly Told[]): Outcome[] =>
    order.map((_, index) => correct(recorded, order.slice(0, index + 1)) ?? recorded);

  it('have no effect on what the outcome is in the end', () => {
    fc.assert(
      fc.property(anyRecorded, retelling, (recorded, { events, order }) => {
        expect(correctOneByOne(recorded, order).at(-1) ?? recorded).toEqual(correct(recorded, events) ?? recorded);
      }),
      { numRuns: 1000 },
    );
  });

  it('never take back a proof of delivery', () => {
    const rank = ({ kind }: Outcome): number => ['delivered', 'read'].indexOf(kind);
    fc.assert(
      fc.property(anyRecorded, retelling, (recorded, { order }) => {
        const ranks = [recorded, ...correctOneByOne(recorded, order)].map(rank);
        expect(ranks).toEqual(ranks.toSorted((a, b) => a - b));
      }),
    );
  });

  it('end where the policy would have ended, had every receipt come in time and no step been left', () => {
    const policy = { ...DEFAULT_POLICIES.notification, maxAttempts: 1, escalation: [] };
    fc.assert(
      fc.property(fc.array(anyTold, { maxLength: 6 }), (events) => {
        const alone = events.map((event) => ({ ...event, attempt: 2 }));
        const { state } = factsOf(alone)[1] as AttemptFacts;
        fc.pre(verdict(state) !== 'pending');
        const result =
          verdict(state) === 'failed'
            ? refusalFrom(state, DEFAULT_OPT_OUT_CODES)
            : ({ kind: 'delivered', status: state.status === 'read' ? 'read' : 'delivered' } as const);
        const ended = nextStep(policy, { step: 0, attemptInStep: 1 }, result);
        expect(correct(outcome('unconfirmed'), alone)?.kind).toBe(ended.kind === 'end' ? ended.outcome : undefined);
      }),
    );
  });
});

test('the reason names attempt, status and error', () => {
  const events = [told(2, 'undelivered', 30005)];
  const corrected = correct(outcome('unconfirmed'), events) as Outcome;
  expect(correctionReason(corrected, factsOf(events))).toBe(
    'after the end a receipt of attempt 2 came: undelivered, error 30005',
  );
});

describe('what a call tells', () => {
  const call = (number: number, told: Partial<AttemptFacts>): AttemptFacts => ({
    number,
    channel: 'voice',
    state: NOTHING_HEARD,
    ...told,
  });
  const [silent, silentToo] = factsOf([]) as [AttemptFacts, AttemptFacts];
  const byKey = call(2, { acknowledged: { by: 'keypress', at: at(9) } });
  const putThrough = call(3, { acknowledged: { by: 'connection', at: at(8) } });
  const answered = call(2, { state: { status: 'delivered', statusAt: at(7) } });

  it.each<[OutcomeKind, OutcomeKind]>([
    ['unconfirmed', 'acknowledged'],
    ['ambiguous', 'acknowledged'],
    ['undeliverable', 'acknowledged'],
    ['failed', 'acknowledged'],
    ['canceled', 'acknowledged'],
    ['expired', 'acknowledged'],
    ['opted_out', 'acknowledged'],
    ['suppressed', 'acknowledged'],
    ['delivered', 'acknowledged'],
    ['read', 'read'],
    ['acknowledged', 'acknowledged'],
    ['partly_delivered', 'partly_delivered'],
  ])('%s: %s by a key', (kind, expected) => {
    const recorded = outcome(kind, { channel: 'voice' });
    expect((correctOutcome(recorded, [silent, byKey], []) ?? recorded).kind).toBe(expected);
  });

  it('is shown with its attempt, its words and its time', () => {
    const recorded = outcome('unconfirmed');
    const by = (facts: AttemptFacts[]) => {
      const is = correctOutcome(recorded, facts, []);
      return { is, because: is && correctionReason(is, facts) };
    };
    const reason = 'a person acknowledged it by a key during the call';
    expect(by([silent, byKey, putThrough])).toEqual({
      is: { kind: 'acknowledged', channel: 'voice', attempt: 2, reason, at: at(9) },
      because: `what was told of the call of attempt 2 after the end: ${reason}`,
    });
    expect(by([silent, silentToo, putThrough]).is).toMatchObject({
      attempt: 3,
      reason: 'whoever took the call was put through to a person',
    });
    expect(by([silent, answered])).toEqual({
      is: { kind: 'delivered', channel: 'voice', attempt: 2, reason: 'a person took the call', at: at(7) },
      because: 'what was told of the call of attempt 2 after the end: a person took the call',
    });
  });

  it('as a person’s word outranks a delivery, unless the message had ended by that', () => {
    const facts = [...factsOf([told(1, 'delivered')]).slice(0, 1), byKey];
    expect(correctOutcome(outcome('unconfirmed'), facts, [])).toMatchObject({ kind: 'acknowledged' });
    expect(correctOutcome(outcome('delivered', { attempt: 1 }), facts, [])).toBeUndefined();
  });
});
