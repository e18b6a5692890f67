import { createHash, randomUUID } from 'node:crypto';
import { type Knex } from 'knex';
import { createDatabase } from '../../src/database/client';
import { migrate } from '../../src/database/migrate';
import { MIGRATIONS } from '../../src/database/migrations';

/** A database of a test file's own, with the schema of today. */
export interface TestDatabase {
  readonly url: string;
  readonly database: Knex;
  /** Closes the pool and removes the database, whoever is still connected. */
  drop(): Promise<void>;
}

/** Templates of different schemas have different names, so a server that outlives a run never serves an old one. */
const TEMPLATE = `posthorn_template_${createHash('sha256').update(JSON.stringify(MIGRATIONS)).digest('hex').slice(0, 12)}`;

/** Keeps test files that run at once from making the template twice; any number will do. */
const TEMPLATE_LOCK = 4_102_558_131;

/** A machine that is busy with many tests may let a connection wait longer than a webhook could. */
const PATIENT_CONNECT_TIMEOUT_MS = 20_000;

/** Clones the migrated template on the server of `TEST_DATABASE_URL`, which the first caller makes. Takes some 50 ms. */
export async function createTestDatabase({ poolMax = 10 }: { poolMax?: number } = {}): Promise<TestDatabase> {
  await withServer(ensureTemplate);
  return openDatabase(`template ${TEMPLATE}`, poolMax);
}

/** An empty database, for tests of the migrations. */
export function createEmptyDatabase(): Promise<TestDatabase> {
  return openDatabase('', 5);
}

async function openDatabase(createOptions: string, poolMax: number): Promise<TestDatabase> {
  const name = `posthorn_test_${randomUUID().replaceAll('-', '')}`;
  await withServer(async (server) => {
    await server.raw(`create database ${name} ${createOptions}`);
  });
  const url = urlOf(name);
  const database = createDatabase({
    url,
    poolMax,
    applicationName: 'posthorn test',
    connectTimeoutMs: PATIENT_CONNECT_TIMEOUT_MS,
  });
  return {
    url,
    database,
    async drop() {
      await database.destroy();
      await withServer(async (server) => {
        await server.raw(`drop database if exists ${name} with (force)`);
      });
    },
  };
}

/** Made under another name and renamed when it is complete, so that a run that is killed leaves no half template. */
async function ensureTemplate(server: Knex): Promise<void> {
  await server.raw('select pg_advisory_lock(?)', [TEMPLATE_LOCK]);
  const found = await server('pg_database').where({ datname: TEMPLATE }).pluck<string[]>('datname');
  if (found.length === 0) {
    const unfinished = `${TEMPLATE}_unfinished`;
    await server.raw(`drop database if exists ${unfinished} with (force)`);
    await server.raw(`create database ${unfinished}`);
    await migrate(urlOf(unfinished));
    await server.raw(`alter database ${unfinished} rename to ${TEMPLATE}`);
  }
}

/** One connection, so that the lock of `ensureTemplate` is held by it and ends with it. */
async function withServer(run: (server: Knex) => Promise<void>): Promise<void> {
  const server = createDatabase({
    url: serverUrl(),
    poolMax: 1,
    applicationName: 'posthorn test setup',
    statementTimeoutMs: 0,
    connectTimeoutMs: PATIENT_CONNECT_TIMEOUT_MS,
  });
  try {
    await run(server);
  } finally {
    await server.destroy();
  }
}

function urlOf(databaseName: string): string {
  const url = new URL(serverUrl());
  url.pathname = `/${databaseName}`;
  return url.href;
}

function serverUrl(): string {
  const { TEST_DATABASE_URL: url } = process.env;
  if (url === undefined) {
    throw new Error('TEST_DATABASE_URL is not set: run the tests with "npm test", whose setup starts a Postgres');
  }
  return url;
}
