/**
 * Keeps src/database/schema.sql equal to what the migrations make.
 * `tsx scripts/schema.ts` writes it; `--check` only says whether it is up to date, and exits with 1 when it is not.
 * Works in a database of its own on the server of DATABASE_URL, or on an embedded one.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { createDatabase } from '../src/database/client';
import { migrate } from '../src/database/migrate';
import { startPostgres } from '../src/local/postgres';
import { describeSchema } from './describe-schema';

const SCHEMA_FILE = resolve(__dirname, '../src/database/schema.sql');
const SCRATCH_DATABASE = `posthorn_schema_${process.pid}`;

async function main(): Promise<void> {
  const schema = await schemaOfMigrations();
  if (!process.argv.includes('--check')) {
    await writeFile(SCHEMA_FILE, schema);
    return;
  }
  const kept = await readFile(SCHEMA_FILE, 'utf8').catch(() => '');
  if (kept !== schema) {
    process.stderr.write(
      'src/database/schema.sql is not what the migrations make: run "npx tsx scripts/schema.ts" and commit it\n',
    );
    process.exitCode = 1;
  }
}

async function schemaOfMigrations(): Promise<string> {
  const postgres = await startPostgres({
    databaseUrl: process.env['DATABASE_URL'],
    durable: false,
    progress: () => undefined,
    signal: new AbortController().signal,
  });
  try {
    return await inScratchDatabase(postgres.url);
  } finally {
    await postgres.stop();
  }
}

async function inScratchDatabase(serverUrl: string): Promise<string> {
  const server = createDatabase({ url: serverUrl, poolMax: 1, applicationName: 'posthorn schema' });
  const scratchUrl = new URL(serverUrl);
  scratchUrl.pathname = `/${SCRATCH_DATABASE}`;
  try {
    await server.raw(`create database ${SCRATCH_DATABASE}`);
    await migrate(scratchUrl.href);
    return await described(scratchUrl.href);
  } finally {
    await server.raw(`drop database if exists ${SCRATCH_DATABASE} with (force)`);
    await server.destroy();
  }
}

async function described(url: string): Promise<string> {
  const scratch = createDatabase({ url, poolMax: 1, applicationName: 'posthorn schema' });
  try {
    return await describeSchema(scratch);
  } finally {
    await scratch.destroy();
  }
}

void main();
