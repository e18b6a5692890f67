import { type Knex } from 'knex';
import { createDatabase } from '../src/database/client';
import { migrate } from '../src/database/migrate';

export interface ScratchDatabase {
  readonly knex: Knex;
  drop(): Promise<void>;
}

/**
 * An empty database of its own on the same server, with posthorn's schema: gigabytes would be in the way of whatever else the
 * server's database is for. Statements may take as long as they need.
 * @param purpose a word for its name.
 */
export async function createScratchDatabase(serverUrl: string, purpose: string): Promise<ScratchDatabase> {
  const name = `posthorn_bench_${purpose}_${process.pid}`;
  const open = (url: string): Knex =>
    createDatabase({ url, poolMax: 1, applicationName: 'posthorn bench', statementTimeoutMs: 0 });
  const server = open(serverUrl);
  await server.raw(`create database ${name}`);
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  const knex = open(url.href);
  const drop = async (): Promise<void> => {
    await knex.destroy();
    await server.raw(`drop database if exists ${name} with (force)`);
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
