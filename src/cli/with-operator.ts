import { type Client } from '@temporalio/client';
import { type Knex } from 'knex';
import { type Environment } from '../config/environment';
import { createDatabase } from '../database/client';
import { connectClient } from '../temporal/connect-client';
import { loadOperatorConfig, type OperatorConfig } from './operator-config';

/** One command uses one connection at a time. */
const DATABASE_POOL_MAX = 1;

/** What an operator's command works with. Nothing is connected before its first use. */
export interface Operator {
  readonly config: OperatorConfig;
  readonly knex: Knex;
  readonly client: Client;
}

/**
 * Runs a command with connections to Postgres and Temporal, and closes them.
 * @throws ConfigError, besides what `work` throws.
 */
export async function withOperator<T>(env: Environment, work: (operator: Operator) => Promise<T>): Promise<T> {
  const config = loadOperatorConfig(env);
  const knex = createDatabase({ url: config.databaseUrl, poolMax: DATABASE_POOL_MAX, applicationName: 'posthorn cli' });
  const { client, close } = connectClient(config.temporal, config.encryptionKeys);
  try {
    return await work({ config, knex, client });
  } finally {
    await Promise.all([close(), knex.destroy()]);
  }
}
