import fc from 'fast-check';
import { correctOutcome } from '../../src/domain/correct-outcome';
import { conversationState, participantState } from '../../src/domain/conversation-state';
import { type DeliveryEvent } from '../../src/domain/delivery-event';
import { fanOutEnd } from '../../src/domain/fan-out-end';
import { DEFAULT_OPT_OUT_CODES } from '../../src/domain/opt-out-code';
import { type Outcome, type OutcomeKind } from '../../src/domain/outcome';
import { type ParticipantFacts } from '../../src/domain/participant';
import { type ParticipantSid } from '../../src/domain/sid';

type Told = Pick<DeliveryEvent, 'status' | 'errorCode' | 'at' | 'participantSid'>;

const sidOf = (digit: string): ParticipantSid => `MB${digit.repeat(32)}` as ParticipantSid;
const PEOPLE = [sidOf('a'), sidOf('b'), sidOf('c')];
const STRANGER = sidOf('d');

const anyEvent: fc.Arbitrary<Told> = fc
  .record({
    participantSid: fc.constantFrom(...PEOPLE, STRANGER),
    status: fc.constantFrom('sent', 'delivered', 'read', 'undelivered', 'failed', 'teleported'),
    at: fc.constantFrom(1, 2, 3, 4).map((second) => `2026-01-01T00:00:0${second}.000Z`),
  })
  .chain((event) =>
    event.status === 'failed' || event.status === 'undelivered'
      ? fc.constantFrom(21610, 30003, 30005).map((errorCode) => ({ ...event, errorCode }))
      : fc.constant(event),
  );

const shuffled = (events: readonly Told[]): fc.Arbitrary<Told[]> =>
  fc.shuffledSubarray([...events, ...events], { minLength: events.length * 2 });

function factsOf(
  events: readonly Told[],
  changes: Readonly<Record<string, Partial<ParticipantFacts>>> = {},
): ParticipantFacts[] {
  return PEOPLE.map((participantSid) => ({
    participantSid,
    channel: 'sms',
    isOptedOut: false,
    state: participantState(events, participantSid),
    ...changes[participantSid],
  }));
}

const endOf = (facts: readonly ParticipantFacts[], undecided: OutcomeKind = 'unconfirmed') =>
  fanOutEnd(facts, () => undecided, DEFAULT_OPT_OUT_CODES);

function recordedBy(events: readonly Told[]): Outcome {
  const { outcome: kind, ...end } = endOf(factsOf(events));
  return { kind, channel: 'conversation', attempt: 1, ...end, at: '2026-01-01T00:01:00.000Z' };
}

function outcomeBy(recorded: Outcome, events: readonly Told[]): Outcome {
  const state = conversationState(events, PEOPLE);
  const facts = [{ number: 1, channel: 'conversation' as const, state, participants: factsOf(events) }];
  return correctOutcome(recorded, facts, DEFAULT_OPT_OUT_CODES) ?? recorded;
}

const told = (participantSid: ParticipantSid, status: string, errorCode?: number): Told => ({
  participantSid,
  status,
  at: '2026-01-01T00:00:01.000Z',
  ...(errorCode === undefined ? {} : { errorCode }),
});
const [A, B, C] = PEOPLE as [ParticipantSid, ParticipantSid, ParticipantSid];

test('order and repetition change neither the state nor the end', () => {
  fc.assert(
    fc.property(
      fc.array(anyEvent, { maxLength: 8 }).chain((events) => fc.tuple(fc.constant(events), shuffled(events))),
      ([events, again]) => {
        expect(conversationState(again, PEOPLE)).toEqual(conversationState(events, PEOPLE));
        expect(endOf(factsOf(again))).toEqual(endOf(factsOf(events)));
        expect(endOf(factsOf(again).reverse())).toEqual(endOf(factsOf(events)));
      },
    ),
  );
});

test('what is known at the end and what comes later add up to the same outcome, wherever the end is', () => {
  const said = ({ kind, errorCode, reason, unreached }: Outcome) => ({ kind, errorCode, reason, unreached });
  fc.assert(
    fc.property(
      fc
        .array(anyEvent, { maxLength: 8 })
        .chain((events) => fc.tuple(fc.constant(events), fc.nat({ max: events.length }))),
      ([events, closedAfter]) => {
        const corrected = outcomeBy(recordedBy(events.slice(0, closedAfter)), events);
        expect(said(corrected)).toEqual(said(recordedBy(events)));
      },
    ),
  );
});

test('somebody who joined later is nobody’s news', () => {
  const known = PEOPLE.map((participantSid) => told(participantSid, 'delivered'));
  expect(recordedBy([...known, told(STRANGER, 'failed', 21610)])).toEqual(recordedBy(known));
});

test('everybody has it, some by read: delivered; all read: read', () => {
  const end = endOf(factsOf([told(A, 'delivered'), told(B, 'read'), told(C, 'delivered')]));
  expect(end).toEqual({ outcome: 'delivered', reason: 'it reached all 3 participants', unreached: [] });
  expect(conversationState([told(A, 'read'), told(B, 'read'), told(C, 'read')], PEOPLE).status).toBe('read');
  expect(conversationState([told(A, 'read'), told(B, 'read')], PEOPLE).status).toBe('sent');
});

test('some have it: the list says of the others why not', () => {
  const end = endOf(factsOf([told(C, 'undelivered', 30005), told(A, 'delivered')]));
  expect(end).toEqual({
    outcome: 'partly_delivered',
    reason: 'it reached 1 of 3 participants; of the others 1 unconfirmed, 1 undeliverable',
    unreached: [
      { participantSid: B, kind: 'unconfirmed' },
      { participantSid: C, kind: 'undeliverable', errorCode: 30005 },
    ],
  });
});

test.each<[string, Told[], object]>([
  [
    'all opted out',
    PEOPLE.map((participantSid) => told(participantSid, 'failed', 21610)),
    { outcome: 'opted_out', errorCode: 21610, errorClass: 'opt_out' },
  ],
  [
    'one may be reached later',
    [told(A, 'failed', 21610), told(B, 'failed', 30003), told(C, 'failed', 30005)],
    { outcome: 'failed' },
  ],
  ['nothing was heard of one', [told(A, 'failed', 21610), told(B, 'failed', 30003)], { outcome: 'unconfirmed' }],
])('nobody has it and %s', (_, events, expected) => {
  expect(endOf(factsOf(events))).toMatchObject(expected);
});

test('a child that got through counts as reached, one that did not says why', () => {
  const outcome = (kind: OutcomeKind): Outcome => ({
    kind,
    channel: 'sms',
    attempt: 1,
    reason: '',
    at: '2026-01-01T00:00:09.000Z',
  });
  const events = [told(A, 'delivered'), told(B, 'failed', 30005), told(C, 'failed', 30005)];
  const both = endOf(
    factsOf(events, { [B]: { childOutcome: outcome('delivered') }, [C]: { childOutcome: outcome('acknowledged') } }),
  );
  expect(both.outcome).toBe('delivered');
  const one = endOf(
    factsOf(events, { [B]: { childOutcome: outcome('read') }, [C]: { childOutcome: outcome('opted_out') } }),
  );
  expect(one).toMatchObject({ outcome: 'partly_delivered', unreached: [{ participantSid: C, kind: 'opted_out' }] });
});

test('an opt-out that was known before explains silence', () => {
  const end = endOf(factsOf([told(A, 'delivered')], { [B]: { isOptedOut: true } }));
  expect(end.unreached).toEqual([
    { participantSid: B, kind: 'opted_out' },
    { participantSid: C, kind: 'unconfirmed' },
  ]);
});

test('a cancellation stands until somebody turns out to have the message', () => {
  const { reason, unreached } = endOf(factsOf([]), 'canceled');
  const canceled: Outcome = {
    kind: 'canceled',
    channel: 'conversation',
    attempt: 1,
    reason,
    unreached,
    at: '2026-01-01T00:01:00.000Z',
  };
  expect(outcomeBy(canceled, [told(A, 'sent')])).toBe(canceled);
  expect(outcomeBy(canceled, [told(A, 'delivered')])).toMatchObject({
    kind: 'partly_delivered',
    at: '2026-01-01T00:00:01.000Z',
    unreached: [
      { participantSid: B, kind: 'canceled' },
      { participantSid: C, kind: 'canceled' },
    ],
  });
});

test('what ended before anything was posted is corrected by proof only', () => {
  const held: Outcome = {
    kind: 'opted_out',
    channel: 'conversation',
    attempt: 1,
    reason: 'held back',
    at: '2026-01-01T00:01:00.000Z',
  };
  expect(outcomeBy(held, [told(A, 'failed', 30005)])).toBe(held);
  expect(outcomeBy({ ...held, kind: 'acknowledged' }, [told(A, 'delivered')]).kind).toBe('acknowledged');
  expect(outcomeBy({ ...held, kind: 'ambiguous' }, [told(A, 'delivered')]).kind).toBe('partly_delivered');
});
