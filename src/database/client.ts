import { knex, type Knex } from 'knex';
import { readColumn } from './read-column';

export interface DatabaseOptions {
  /** `postgresql://user:password@host:port/database`; TLS by `sslmode` in it. */
  readonly url: string;
  /** Connections at most; none is kept open while idle. */
  readonly poolMax: number;
  /** Shown in `pg_stat_activity`. */
  readonly applicationName: string;
  /** How long one statement may take; 0 is for ever. Without it `STATEMENT_TIMEOUT_MS`. */
  readonly statementTimeoutMs?: number;
  /** How long to wait for a connection, new or free again. Without it `CONNECT_TIMEOUT_MS`. */
  readonly connectTimeoutMs?: number;
}

/** Every statement of the stores takes milliseconds; one that takes this long is stuck. */
export const STATEMENT_TIMEOUT_MS = 10_000;
/** A webhook has 5 s to be answered, so a connection, new or free again, must be there well before. */
export const CONNECT_TIMEOUT_MS = 3_000;
const LOCK_TIMEOUT_MS = 5_000;
const IDLE_IN_TRANSACTION_TIMEOUT_MS = 30_000;
/** How much later than the server the client gives up: then the server cannot be heard any more. */
const ANSWER_GRACE_MS = 2_000;
const KEEP_ALIVE_AFTER_MS = 10_000;

/** knex would print to the console, statements included; what it has to say is in the errors as well. */
const SILENT: Knex.Logger = {
  warn: () => undefined,
  error: () => undefined,
  debug: () => undefined,
  deprecate: () => undefined,
};

/**
 * Opens a pool of connections; nothing is connected before the first query. End it with `destroy()`.
 * Sessions run in UTC; times are read as ISO 8601 text with milliseconds, `int8` as numbers.
 * Errors never carry the values of a statement (`compileSqlOnError`): they are numbers and texts of people.
 */
export function createDatabase(options: DatabaseOptions): Knex {
  const { url, poolMax, applicationName } = options;
  const { statementTimeoutMs = STATEMENT_TIMEOUT_MS, connectTimeoutMs = CONNECT_TIMEOUT_MS } = options;
  return knex({
    client: 'pg',
    compileSqlOnError: false,
    log: SILENT,
    acquireConnectionTimeout: connectTimeoutMs,
    pool: { min: 0, max: poolMax },
    connection: {
      connectionString: url,
      application_name: applicationName,
      options: '-c timezone=UTC',
      connectionTimeoutMillis: connectTimeoutMs,
      keepAlive: true,
      keepAliveInitialDelayMillis: KEEP_ALIVE_AFTER_MS,
      types: { getTypeParser: readColumn },
      ...limits(statementTimeoutMs),
    },
  });
}

/** Settings of the driver and of its sessions; `lock_timeout` is missing in knex's types. */
function limits(statementTimeoutMs: number): Record<string, number> {
  return statementTimeoutMs === 0
    ? {}
    : {
        statement_timeout: statementTimeoutMs,
        query_timeout: statementTimeoutMs + ANSWER_GRACE_MS,
        lock_timeout: LOCK_TIMEOUT_MS,
        idle_in_transaction_session_timeout: IDLE_IN_TRANSACTION_TIMEOUT_MS,
      };
}
