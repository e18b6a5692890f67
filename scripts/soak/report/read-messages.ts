import { type Knex } from 'knex';
import { percentile } from '../../../bench/statistics/percentile';
import { type SoakResult } from './soak-result';

/** What became of the messages, read from Postgres. */
export async function readMessages(knex: Knex, accepted: number): Promise<SoakResult['messages']> {
  const ends = await rowsOf<{ outcome: string; duration_ms: number }>(
    knex,
    `select outcome->>'kind' as outcome, (extract(epoch from closed_at - created_at) * 1000)::float8 as duration_ms
     from messages where closed_at is not null`,
  );
  const [counts] = await rowsOf<{ stored: number; attempts: number; corrections: number }>(
    knex,
    `select (select count(*) from messages) as stored, (select count(*) from attempts) as attempts,
       (select count(*) from outcome_corrections) as corrections`,
  );
  const { stored = 0, attempts = 0, corrections = 0 } = counts ?? {};
  const outcomes: Record<string, number> = {};
  for (const { outcome } of ends) {
    outcomes[outcome] = (outcomes[outcome] ?? 0) + 1;
  }
  return {
    accepted,
    stored,
    attempts,
    corrections,
    outcomes,
    timeToOutcomeMs: times(ends.map((end) => end.duration_ms)),
  };
}

function times(durationsMs: readonly number[]): SoakResult['messages']['timeToOutcomeMs'] {
  const at = (share: number): number => (durationsMs.length === 0 ? 0 : Math.round(percentile(durationsMs, share)));
  return { p50: at(0.5), p95: at(0.95), p99: at(0.99), max: at(1) };
}

async function rowsOf<Row>(knex: Knex, sql: string): Promise<Row[]> {
  return (await knex.raw<{ rows: Row[] }>(sql)).rows;
}
