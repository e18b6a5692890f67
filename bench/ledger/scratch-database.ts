import { type Knex } from 'knex';
import { createDatabase } from '../../src/database/client';
import { migrate } from '../../src/database/migrate';

/** Gigabytes would be in the way of whatever else the database is for. */
const NAME = `posthorn_bench_ledger_${process.pid}`;

export interface ScratchDatabase {
  readonly knex: Knex;
  drop(): Promise<void>;
}

/** An empty database of its own on the same server, with posthorn's schema. Statements may take as long as they need. */
export async function createScratchDatabase(serverUrl: string): Promise<ScratchDatabase> {
  const open = (url: string): Knex =>
    createDatabase({ url, poolMax: 1, applicationName: 'posthorn bench', statementTimeoutMs: 0 });
  const server = open(serverUrl);
  await server.raw(`create database ${NAME}`);
  const url = new URL(serverUrl);
  url.pathname = `/${NAME}`;
  const knex = open(url.href);
  const drop = async (): Promise<void> => {
    await knex.destroy();
    await server.raw(`drop database if exists ${NAME} with (force)`);
    await server.destroy();
  };
  try {
    await migrate(url.href);
  } catch (error) {
    await drop();
    throw error;
  }
  return { knex, drop };
}
