import { type SetupConfig } from '../config/setup-config';
import { migrate } from '../database/migrate';
import { connectClient } from '../temporal/connect-client';
import { ensureNamespace } from '../temporal/namespace-setup';
import { addSearchAttributes } from '../temporal/search-attribute-setup';
import { ensureSweepSchedule } from '../temporal/sweep-schedule';
import { toTemporalError } from '../temporal/to-temporal-error';

/** A server that runs answers at once; whoever waits for setup is to hear soon when it does not. The client alone would repeat for twenty seconds. */
const ANSWER_WITHIN_MS = 3_000;

/**
 * Makes Postgres and the Temporal namespace ready. Can be run again at any time: what is there stays.
 * @param say is told what was done, one line at a time.
 */
export async function runSetup(
  config: Pick<SetupConfig, 'databaseUrl' | 'temporal' | 'sweepIntervalMs'>,
  say: (line: string) => void,
): Promise<void> {
  const migrations = await migrate(config.databaseUrl);
  say(migrations.length === 0 ? 'Postgres: schema is up to date.' : `Postgres: ran ${migrations.join(', ')}.`);

  const { client, close } = connectClient(config.temporal, []);
  try {
    await client.withDeadline(Date.now() + ANSWER_WITHIN_MS, () => client.workflowService.getSystemInfo({}));
    const isNew = await ensureNamespace(client);
    say(`Temporal: namespace ${config.temporal.namespace} ${isNew ? 'created' : 'is there'}.`);
    const added = await addSearchAttributes(client);
    say(added.length === 0 ? 'Temporal: search attributes are there.' : `Temporal: added ${added.join(', ')}.`);
    const change = await ensureSweepSchedule(client, config.sweepIntervalMs);
    say(`Temporal: sweep every ${config.sweepIntervalMs / 1000} s, ${change}.`);
  } catch (error) {
    throw toTemporalError(error);
  } finally {
    await close();
  }
}
