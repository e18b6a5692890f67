import { type Stage } from '../stage/start-stage';
import { type Tally } from '../tally';
import { repeat } from '../repeat';
import { countMessages, type MessageCounts } from './message-counts';

const LINE_EVERY_MS = 10_000;

export interface WatchOptions {
  readonly stage: Pick<Stage, 'knex'>;
  readonly tally: Tally;
  readonly countWebhooks: () => void;
  readonly say: (line: string) => void;
  readonly signal: AbortSignal;
}

/** Says every ten seconds how far it is; Postgres may be away at that moment. */
export async function watch({ stage, tally, countWebhooks, say, signal }: WatchOptions): Promise<void> {
  await repeat(
    () => LINE_EVERY_MS,
    signal,
    async () => {
      countWebhooks();
      const counts = await countMessages(stage.knex).catch(() => undefined);
      say(`${counts === undefined ? 'nobody can be asked' : describe(counts)}; ${describeTrouble(tally)}`);
    },
  );
}

function describe({ accepted, closed }: MessageCounts): string {
  return `accepted ${accepted}, closed ${closed}, open ${accepted - closed}`;
}

function describeTrouble(tally: Tally): string {
  const kinds = {
    kills: 'kill:',
    restarts: 'restart:',
    outages: 'outage:',
    'faults at Twilio': 'Twilio:',
    forged: 'forged:',
  };
  const counts = Object.entries(kinds).map(([name, prefix]) => `${name} ${sum(tally, prefix)}`);
  return [...counts, `problems ${tally.problems().length}`].join(', ');
}

/** All that the tally has under a prefix. */
export function sum(tally: Tally, prefix: string): number {
  return tally.under(prefix).reduce((total, [, count]) => total + count, 0);
}
