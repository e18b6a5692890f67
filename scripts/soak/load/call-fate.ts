import { type CallScriptInput } from '../../../src/simulator/calls/call-script';
import { type Random } from '../random';

const ENDS = { human: 4, 'human, key': 3, machine: 2, busy: 1, 'no-answer': 2, failed: 1 } as const;

/** A second of a call: nobody waits for speech here. */
const SECOND_MS = 20;

/** What becomes of a call, and how badly it is told. */
export function randomCallFate(random: Random, dropShare: number): CallScriptInput {
  const end = random.weighted(ENDS);
  return {
    fate:
      end === 'human, key'
        ? { kind: 'human', keys: ['1'] }
        : end === 'human'
          ? { kind: 'human', hangUpAfterMs: random.between(0, 500) }
          : { kind: end },
    secondMs: SECOND_MS,
    ringMs: random.between(20, 400),
    webhooks: {
      drop: random.chance(dropShare),
      copies: random.chance(0.1) ? 2 : 1,
      order: random.weighted({ 'as-it-happens': 8, reversed: 1, shuffled: 1 }),
    },
    listLagMs: random.chance(0.2) ? random.between(0, 2_000) : 0,
  };
}
