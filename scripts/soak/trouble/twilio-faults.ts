import { type FaultInput } from '../../../src/simulator/faults/fault';
import { type Random } from '../random';
import { repeat } from '../repeat';
import { type Stage } from '../stage/start-stage';
import { type Tally } from '../tally';

/** How often each kind of request goes wrong. */
const OPERATIONS = {
  'messages.create': 12,
  'participants.create': 2,
  'conversations.create': 2,
  'messages.list': 2,
  'receipts.list': 1,
  'calls.create': 1,
  'calls.list': 1,
} as const;

const EFFECTS: Readonly<Record<string, FaultInput['effect']>> = {
  reset: { kind: 'reset' },
  'answer 500': { kind: 'respond', status: 500, code: 20500 },
  'answer 503': { kind: 'respond', status: 503, code: 20503 },
  hang: { kind: 'hang' },
  slow: { kind: 'slow', delayMs: 3_000 },
};
const KINDS = { reset: 3, 'answer 500': 2, 'answer 503': 2, hang: 2, slow: 2, 'answer 429': 3 } as const;

/** Refused before anything was done: that is what 429 means. */
const TOO_MANY: FaultInput['effect'] = { kind: 'respond', status: 429, code: 20429, retryAfterSeconds: 2 };

/** More than that at once, and nothing else would happen. */
const MOST_AT_ONCE = 5;

export interface TwilioFaultsOptions {
  readonly stage: Pick<Stage, 'simulator'>;
  /** Faults a second. */
  readonly rate: number;
  readonly random: Random;
  readonly tally: Tally;
  readonly signal: AbortSignal;
}

/** Lets single requests to Twilio go wrong, before or after they were carried out. */
export async function makeTwilioFaults({ stage, rate, random, tally, signal }: TwilioFaultsOptions): Promise<void> {
  const { control } = stage.simulator;
  await repeat(
    () => (2 * random.next() * 1_000) / rate,
    signal,
    () => {
      const operation = random.weighted(OPERATIONS);
      const kind = random.weighted(KINDS);
      const when = kind === 'answer 429' || random.chance(0.5) ? 'before' : 'after';
      if (control.faults().length < MOST_AT_ONCE) {
        control.addFault({ operation, requests: 1, when, effect: EFFECTS[kind] ?? TOO_MANY });
        tally.add(`Twilio:${operation}, ${when}: ${kind}`);
      }
    },
  );
  control.clearFaults();
}
