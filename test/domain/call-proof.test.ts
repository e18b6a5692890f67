import fc from 'fast-check';
import { type CallEvent } from '../../src/domain/call-event';
import { callProof } from '../../src/domain/call-proof';
import { type CallSid } from '../../src/domain/sid';

const callSid = `CA${'0'.repeat(32)}` as CallSid;
const about = (eventId: string, second: number) =>
  ({ eventId, callSid, at: `2026-01-01T00:00:0${second}.000Z` }) as const;
const key = (pressed: 'acknowledge' | 'opt_out' | 'person', second = 2): CallEvent => ({
  kind: 'key',
  ...about(`key:${pressed}:${second}`, second),
  key: pressed,
});
const completed: CallEvent = { kind: 'status', ...about('completed', 5), status: 'completed', sequence: 3 };
const human: CallEvent = { kind: 'answered_by', ...about('human', 1), answeredBy: 'human' };
const machine: CallEvent = { kind: 'answered_by', ...about('machine', 1), answeredBy: 'machine_start' };
const dialled = (wasTaken: boolean): CallEvent => ({ kind: 'dialled', ...about(`dialled:${wasTaken}`, 4), wasTaken });

const DELIVERED = { status: 'delivered', statusAt: completed.at };

test.each<[string, CallEvent[], 'answer' | 'keypress', object]>([
  ['nothing', [], 'answer', { state: {} }],
  ['a person who took a call that was to be answered', [human, completed], 'answer', { state: DELIVERED }],
  ['the same where a key is asked for', [human, completed], 'keypress', { state: {} }],
  ['a person, before the call is over', [human], 'answer', { state: {} }],
  ['a machine', [machine, completed], 'answer', { state: {} }],
  ['key 2', [key('opt_out'), completed], 'answer', { state: {} }],
  ['key 1 and key 2', [key('opt_out'), key('acknowledge'), completed], 'answer', { state: {} }],
  ['key 9', [key('person'), completed], 'answer', { state: {} }],
  ['key 9, and nobody there', [key('person'), dialled(false), completed], 'answer', { state: {} }],
  [
    'key 1, told twice',
    [key('acknowledge', 3), key('acknowledge', 2), human, completed],
    'answer',
    { state: {}, acknowledged: { by: 'keypress', at: '2026-01-01T00:00:02.000Z' } },
  ],
  [
    'key 9, and put through',
    [key('person'), dialled(true)],
    'keypress',
    { state: {}, acknowledged: { by: 'connection', at: '2026-01-01T00:00:04.000Z' } },
  ],
])('%s', (_, events, acknowledge, proof) => {
  expect(callProof(events, acknowledge)).toEqual(proof);
});

test('depends on what was told, and not on the order or how often', () => {
  const all = [completed, human, machine, key('acknowledge'), key('acknowledge', 3), key('person'), dialled(true)];
  const told = fc.subarray(all).chain((set) => fc.tuple(fc.constant(set), fc.shuffledSubarray([...set, ...set])));
  fc.assert(
    fc.property(told, fc.constantFrom('answer' as const, 'keypress' as const), ([set, order], acknowledge) => {
      expect(callProof([...order, ...set], acknowledge)).toEqual(callProof(set, acknowledge));
    }),
  );
});
