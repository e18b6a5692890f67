import fc from 'fast-check';
import { type CallEvent, KEY_ANSWERS, pressedKey } from '../../src/domain/call-event';
import {
  advanceCallState,
  callVerdict,
  type CallState,
  isBeingPutThrough,
  isEndOfCall,
  NO_CALL_NEWS,
} from '../../src/domain/call-state';
import { parseSid } from '../../src/domain/sid';

const callSid = parseSid(`CA${'0'.repeat(32)}`, 'CA');
const at = (second: number): string => new Date(Date.UTC(2026, 0, 1, 0, 0, second)).toISOString();
const fold = (events: readonly CallEvent[]): CallState => events.reduce(advanceCallState, NO_CALL_NEWS);
const verdictOf = (...events: readonly CallEvent[]): string => callVerdict(fold(events));

type Details = Partial<Omit<Extract<CallEvent, { kind: 'status' }>, 'kind' | 'status'>>;

function status(word: string, sequence?: number, details: Details = {}): CallEvent {
  const eventId = `${callSid}:status:${sequence ?? 'read'}:${word}`;
  const numbered = sequence === undefined ? {} : { sequence };
  return { kind: 'status', eventId, callSid, at: at(sequence ?? 0), status: word, ...numbered, ...details };
}
function answerer(answeredBy: string): CallEvent {
  return { kind: 'answered_by', eventId: `${callSid}:answered_by:${answeredBy}`, callSid, at: at(1), answeredBy };
}
function key(pressed: Extract<CallEvent, { kind: 'key' }>['key']): CallEvent {
  return { kind: 'key', eventId: `${callSid}:key:1:${pressed}`, callSid, at: at(1), key: pressed };
}

function dialled(wasTaken: boolean): CallEvent {
  return { kind: 'dialled', eventId: `${callSid}:dialled:${wasTaken}`, callSid, at: at(1), wasTaken };
}

const WORDS = ['queued', 'initiated', 'ringing', 'in-progress', 'completed', 'busy', 'no-answer', 'failed', 'canceled'];
const DETECTED = ['human', 'machine_start', 'machine_end_beep', 'fax', 'unknown'];

const anyEvent = fc.oneof(
  fc
    .record({
      word: fc.constantFrom(...WORDS, 'levitating'),
      sequence: fc.option(fc.integer({ min: 0, max: 4 }), { nil: undefined }),
      second: fc.integer({ min: 0, max: 3 }),
      durationSeconds: fc.integer({ min: 0, max: 2 }),
      answeredBy: fc.constantFrom(...DETECTED),
    })
    .map(({ word, sequence, second, ...details }) => status(word, sequence, { ...details, at: at(second) })),
  fc.constantFrom(...DETECTED).map(answerer),
  fc.constantFrom('other' as const, ...KEY_ANSWERS).map(key),
  fc.boolean().map(dialled),
);

/** The events with some of them repeated, in any order. */
const eventsAndRetelling = fc.array(anyEvent, { maxLength: 8 }).chain((events) =>
  fc
    .subarray(events)
    .chain((repeated) => fc.shuffledSubarray([...events, ...repeated], { minLength: events.length + repeated.length }))
    .map((retelling) => ({ events, retelling })),
);

test('the state depends on the set of events, not on their order or number', () => {
  fc.assert(
    fc.property(eventsAndRetelling, ({ events, retelling }) => {
      expect(fold(retelling)).toEqual(fold(events));
    }),
    { numRuns: 2_000 },
  );
});

test('what has ended stays ended, and a key stays pressed, whatever comes late', () => {
  fc.assert(
    fc.property(fc.array(anyEvent), anyEvent, (events, late) => {
      const before = callVerdict(fold(events));
      const after = callVerdict(fold([...events, late]));
      expect(before !== 'pending' && after === 'pending').toBe(false);
    }),
    { numRuns: 1_000 },
  );
});

test('callbacks are ordered by SequenceNumber, not by their arrival', () => {
  const life = [status('initiated', 0), status('ringing', 1), status('in-progress', 2), status('completed', 3)];
  expect(fold(life.toReversed()).latest).toMatchObject({ status: 'completed', sequence: 3 });
  // Two ends contradict each other: the later one counts.
  expect(verdictOf(status('canceled', 3), status('completed', 2))).toBe('canceled');
  expect(verdictOf(status('completed', 2), status('canceled', 3))).toBe('canceled');
});

test('a status that was read stands in for callbacks that were lost, and loses nothing that they told', () => {
  expect(verdictOf(status('initiated', 0), status('busy'))).toBe('busy');
  const told = status('completed', 3, { sipResponseCode: 200, durationSeconds: 7 });
  const { latest } = fold([told, status('completed', undefined, { durationSeconds: 7, at: at(59) })]);
  expect(latest).toMatchObject({ sipResponseCode: 200, durationSeconds: 7 });
});

test.each([
  ['nothing', [], 'pending'],
  ['a call that rings', [status('ringing', 1)], 'pending'],
  ['a person on the line', [status('in-progress', 2), answerer('human')], 'pending'],
  ['a completed call', [status('completed', 3)], 'unproved'],
  ['a completed call with a person', [status('completed', 3), answerer('human')], 'answered'],
  ['a completed call with a machine', [answerer('machine_end_beep'), status('completed', 3)], 'voicemail'],
  ['a completed call with a fax', [answerer('fax'), status('completed', 3)], 'voicemail'],
  ['a completed call that nobody could make out', [answerer('unknown'), status('completed', 3)], 'unproved'],
  ['a machine in a status callback', [status('completed', 3, { answeredBy: 'machine_start' })], 'voicemail'],
  ['both a person and a machine', [answerer('human'), answerer('machine_start'), status('completed', 3)], 'voicemail'],
  ['a wrong key', [key('other'), status('completed', 3)], 'answered'],
  [
    'a wrong key from what was taken for a machine',
    [key('other'), answerer('machine_start'), status('completed')],
    'answered',
  ],
  ['a wrong key, still going on', [key('other'), status('in-progress', 2)], 'pending'],
  ['the key to acknowledge', [status('in-progress', 2), key('acknowledge')], 'acknowledged'],
  ['that key from what was taken for a machine', [key('acknowledge'), answerer('machine_end_beep')], 'acknowledged'],
  ['the key to opt out, after the one to acknowledge', [key('acknowledge'), key('opt_out')], 'opted_out'],
  ['the key for a person', [key('person'), status('completed', 3)], 'wants_person'],
  ['busy', [status('busy', 2)], 'busy'],
  ['no answer', [status('no-answer', 2)], 'no_answer'],
  ['failed', [status('failed', 1)], 'failed'],
  ['canceled', [status('canceled', 1)], 'canceled'],
  ['a word that nobody knows', [status('levitating', 9)], 'pending'],
] as const)('the verdict on %s', (_, events, expected) => {
  expect(callVerdict(fold(events))).toBe(expected);
  expect(callVerdict(fold(events.toReversed()))).toBe(expected);
});

test('only keys that were offered mean something', () => {
  expect(pressedKey('1', KEY_ANSWERS)).toBe('acknowledge');
  expect(pressedKey('2', KEY_ANSWERS)).toBe('opt_out');
  expect(pressedKey('9', KEY_ANSWERS)).toBe('person');
  expect(pressedKey('2', ['acknowledge'])).toBe('other');
  for (const digits of ['', '0', '#', '11', '1 ']) {
    expect(pressedKey(digits, KEY_ANSWERS)).toBe('other');
  }
});

test('the ends of a call', () => {
  expect(WORDS.filter(isEndOfCall)).toEqual(['completed', 'busy', 'no-answer', 'failed', 'canceled']);
  expect(isEndOfCall('toString')).toBe(false);
});

describe('somebody who wants to speak to a person', () => {
  test.each<[string, readonly CallEvent[], string, boolean]>([
    ['waits for whoever is dialled', [status('in-progress', 2), key('person')], 'wants_person', true],
    ['is put through', [status('in-progress', 2), key('person'), dialled(true)], 'put_through', false],
    [
      'is put through, told after the end',
      [status('completed', 3), key('person'), dialled(true)],
      'put_through',
      false,
    ],
    ['finds nobody', [status('in-progress', 2), key('person'), dialled(false)], 'wants_person', false],
    ['hangs up meanwhile', [status('completed', 3), key('person')], 'wants_person', false],
    ['wants no calls either', [key('person'), key('opt_out'), dialled(true)], 'opted_out', false],
  ])('%s', (_, events, verdict, isWaiting) => {
    expect(verdictOf(...events)).toBe(verdict);
    expect(isBeingPutThrough(fold(events))).toBe(isWaiting);
  });
});
