import { createBag } from '../bag';
import { type Random } from '../random';
import { repeat, waitFor } from '../repeat';
import { type Stage } from '../stage/start-stage';
import { type Tally } from '../tally';

/** How long an outage takes, in milliseconds. */
const SHORTEST_MS = 2_000;
const LONGEST_MS = 12_000;

export interface TroubleOptions {
  readonly stage: Pick<Stage, 'services' | 'ways'>;
  /** Milliseconds from one to the next. */
  readonly everyMs: number;
  readonly random: Random;
  readonly tally: Tally;
  readonly say: (line: string) => void;
  readonly signal: AbortSignal;
}

/** Cuts one of posthorn's ways, or lets it hang, for some seconds; then another one. */
export async function makeOutages({ stage, everyMs, random, tally, say, signal }: TroubleOptions): Promise<void> {
  const names = Object.keys(stage.ways) as (keyof Stage['ways'])[];
  const outages = names.flatMap((name) => (['cut', 'freeze'] as const).map((how) => ({ name, how })));
  const next = createBag(outages, random);
  await repeat(
    () => everyMs,
    signal,
    async () => {
      const { name, how } = next();
      const durationMs = random.between(SHORTEST_MS, LONGEST_MS);
      say(`${how === 'cut' ? 'no way' : 'no answer on the way'} to ${name} for ${(durationMs / 1_000).toFixed(1)} s`);
      tally.add(`outage:${name}, ${how === 'cut' ? 'connections cut' : 'connections hang'}`);
      stage.ways[name][how]();
      await waitFor(durationMs, signal);
      stage.ways[name].restore();
    },
  );
}

/** Kills one of the processes (SIGKILL), which is then started again; then another one. */
export async function killProcesses({ stage, everyMs, random, say, signal }: TroubleOptions): Promise<void> {
  const next = createBag(stage.services, random);
  await repeat(
    () => everyMs,
    signal,
    async () => {
      const service = next();
      say(`${service.name} is killed`);
      await service.kill();
    },
  );
}
