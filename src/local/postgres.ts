import { tmpdir } from 'node:os';
import { startEmbeddedPostgres } from './embedded-postgres';
import { type Progress } from './progress';
import { type FindPort, freePort } from './free-port';
import { removeLeftovers } from './leftovers';
import { type Account, postgresAccount } from './postgres-account';
import { isReachable } from './reachable';
import { type Outage } from './restartable';
import { createRunFolder } from './run-folder';

/** Where temporary files may lie when the usual folder is closed to the account that Postgres runs as. */
const openTemporaryFolders = ['/tmp', '/var/tmp'] as const;

/** How a Postgres is started. */
export interface PostgresOptions {
  /** Connection string of a server to use instead of starting one, as DATABASE_URL names it. */
  readonly databaseUrl?: string | undefined;
  /** Keeps commits as safe as in production: slower, for measurements. */
  readonly durable: boolean;
  readonly progress: Progress;
  /** Gives up the start. */
  readonly signal: AbortSignal;
  /** Default: freePort. */
  readonly findPort?: FindPort;
}

/** A Postgres to work with. */
export interface Postgres {
  /** Connection string of an existing database. */
  readonly url: string;
  /** Of a server that was started here; see `EmbeddedPostgres`. */
  readonly outage?: Outage;
  /** Stops and removes what was started; nothing for a server that was there before. */
  stop(): Promise<void>;
}

/**
 * The Postgres of demo, dev stack and tests: the one that `databaseUrl` names, otherwise an embedded one on a free port
 * of 127.0.0.1 with an empty database, a random password and a data folder that is removed at the end. It stops with
 * `stop()`, and also when this process ends in any other way.
 */
export async function startPostgres(options: PostgresOptions): Promise<Postgres> {
  const { databaseUrl, durable, progress, signal, findPort = freePort } = options;
  if (databaseUrl !== undefined && databaseUrl !== '') {
    progress('Postgres as DATABASE_URL says.');
    return { url: databaseUrl, stop: () => Promise.resolve() };
  }
  const account = await postgresAccount();
  const temporaryFolder = await temporaryFolderFor(account);
  await removeLeftovers(temporaryFolder, progress);
  const folder = await createRunFolder(temporaryFolder);
  try {
    const postgres = await startEmbeddedPostgres({ runFolder: folder.path, account, durable, signal, findPort });
    progress(`Postgres at 127.0.0.1:${new URL(postgres.url).port}.`);
    return postgres;
  } catch (error) {
    await folder.remove();
    throw error;
  }
}

async function temporaryFolderFor(account: Account | undefined): Promise<string> {
  if (account === undefined) {
    return tmpdir();
  }
  const candidates = [tmpdir(), ...openTemporaryFolders];
  for (const candidate of candidates) {
    if (await isReachable(candidate, account).catch(() => false)) {
      return candidate;
    }
  }
  throw new Error(
    `Postgres does not run as root, and none of ${candidates.join(', ')} is open to other accounts. ` +
      'Set TMPDIR to a folder that is, start this as an ordinary user, or set DATABASE_URL.',
  );
}
