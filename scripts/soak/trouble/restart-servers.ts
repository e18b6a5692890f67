import { createBag } from '../bag';
import { type Random } from '../random';
import { repeat, waitFor } from '../repeat';
import { type Stage } from '../stage/start-stage';
import { type Tally } from '../tally';

/** How long a server stays away, in milliseconds, besides the time that it takes to come back. */
const SHORTEST_MS = 500;
const LONGEST_MS = 5_000;

export interface RestartServersOptions {
  readonly stage: Pick<Stage, 'servers'>;
  /** Milliseconds from one to the next. */
  readonly everyMs: number;
  readonly random: Random;
  readonly tally: Tally;
  readonly say: (line: string) => void;
  readonly signal: AbortSignal;
}

/** Ends one of the servers, in good order or by SIGKILL, and starts it again; then another one. There has to be one. */
export async function restartServers(options: RestartServersOptions): Promise<void> {
  const { everyMs, random, say, signal, stage, tally } = options;
  const ends = stage.servers.flatMap((server) => (['orderly', 'killed'] as const).map((how) => ({ ...server, how })));
  const next = createBag(ends, random);
  await repeat(
    () => everyMs,
    signal,
    async () => {
      const { name, outage, how } = next();
      const what = how === 'killed' ? 'killed' : 'stopped in good order';
      say(`${name} is ${what}`);
      tally.add(`restart:${name}, ${what}`);
      await outage.begin(how);
      await waitFor(random.between(SHORTEST_MS, LONGEST_MS), signal);
      await outage.end();
      say(`${name} is back`);
    },
  );
}
