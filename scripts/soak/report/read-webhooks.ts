import { type Knex } from 'knex';
import { type Tally } from '../tally';
import { type SoakResult } from './soak-result';

/** What was told, by the count of Twilio's side and by the trace that it left in Postgres. */
export async function readWebhooks(knex: Knex, tally: Tally): Promise<SoakResult['webhooks']> {
  const verdicts = await knex('webhooks')
    .groupBy('verdict')
    .select<{ verdict: string; sum: number }[]>('verdict', knex.raw('sum(count)::float8 as sum'));
  const [row] = await knex('delivery_events').where({ source: 'poll' }).count<{ polled: number }[]>('* as polled');
  const traced = (verdict: string): number => verdicts.find((each) => each.verdict === verdict)?.sum ?? 0;
  return {
    answered: tally.count('webhook.answered'),
    failed: tally.count('webhook.failed'),
    dropped: tally.count('webhook.dropped'),
    repeated: traced('repeated'),
    refused: traced('refused_signature'),
    foundByPolling: row?.polled ?? 0,
  };
}
