import { existsSync } from 'node:fs';
import { chmod, mkdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Client } from 'pg';
import { postgresAccount } from '../../src/local/postgres-account';
import { startPostgres, type PostgresOptions } from '../../src/local/postgres';
import { isReachable } from '../../src/local/reachable';
import { acceptsConnections } from './support/accepts-connections';
import { withOccupiedPort } from './support/occupied-port';
import { withTemporaryFolder } from './support/temporary-folder';

const options: PostgresOptions = {
  durable: false,
  progress: () => undefined,
  signal: new AbortController().signal,
};

async function query(url: string, sql: string): Promise<unknown> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query<Record<string, unknown>>(sql);
    return rows[0];
  } finally {
    await client.end();
  }
}

test('it answers with an own database, sorts the same everywhere, and is gone after stop()', async () => {
  const postgres = await startPostgres(options);
  let dataFolder: string;
  try {
    const settings = ['data_directory', 'listen_addresses', 'unix_socket_directories', 'fsync', 'max_connections'];
    const columns = settings.map((name) => `current_setting('${name}') as ${name}`).join(', ');
    const row = (await query(postgres.url, `select current_database() as db, 'a' > 'B' as by_code, ${columns}`)) as {
      data_directory: string;
    };
    dataFolder = row.data_directory;
    expect(row).toMatchObject({
      db: 'posthorn',
      by_code: true,
      listen_addresses: '127.0.0.1',
      unix_socket_directories: '',
      fsync: 'off',
      max_connections: '200',
    });
    expect(existsSync(dataFolder)).toBe(true);
    const wrongPassword = new URL(postgres.url);
    wrongPassword.password = 'guessed';
    await expect(query(wrongPassword.href, 'select 1')).rejects.toThrow('password authentication failed');
  } finally {
    await postgres.stop();
  }
  expect(await acceptsConnections(Number(new URL(postgres.url).port))).toBe(false);
  expect(existsSync(join(dataFolder, '..', '..'))).toBe(false);
});

test('a port that is taken in the meantime leads to another one, and commits can be made safe', () =>
  withOccupiedPort(async (findPort, takenPort) => {
    const postgres = await startPostgres({ ...options, durable: true, findPort });
    try {
      expect(new URL(postgres.url).port).not.toBe(String(takenPort));
      const row = await query(postgres.url, `select current_setting('fsync') as fsync`);
      expect(row).toEqual({ fsync: 'on' });
    } finally {
      await postgres.stop();
    }
  }));

test.each(['orderly', 'killed'] as const)(
  'after an outage (%s) it is back on its port with what was committed',
  async (how) => {
    const postgres = await startPostgres({ ...options, durable: true });
    const { outage, url } = postgres;
    try {
      await query(url, 'create table kept as select 7 as lucky');
      await outage?.begin(how);
      expect(await acceptsConnections(Number(new URL(url).port))).toBe(false);
      await outage?.end();
      expect(await query(url, 'select lucky from kept')).toEqual({ lucky: 7 });
    } finally {
      await postgres.stop();
    }
  },
);

test('one that is away when all ends leaves nothing', async () => {
  const postgres = await startPostgres(options);
  const { outage, url } = postgres;
  const { folder } = (await query(url, `select current_setting('data_directory') as folder`)) as { folder: string };
  await outage?.begin('killed');
  expect(existsSync(folder)).toBe(true);
  await postgres.stop();
  expect(existsSync(join(folder, '..', '..'))).toBe(false);
});

test('DATABASE_URL is used as it stands', async () => {
  const databaseUrl = 'postgres://somebody@db.example/posthorn';
  const postgres = await startPostgres({ ...options, databaseUrl });
  expect(postgres.url).toBe(databaseUrl);
  expect(postgres.outage).toBeUndefined();
  await postgres.stop();
});

test('an aborted start ends with the reason', async () => {
  const signal = AbortSignal.abort(new Error('Stopped by SIGTERM.'));
  await expect(startPostgres({ ...options, signal })).rejects.toThrow('Stopped by SIGTERM.');
});

test('Postgres never runs as root', async () => {
  const account = await postgresAccount();
  expect(account === undefined ? process.getuid?.() : account.uid).not.toBe(0);
});

test('a folder below one that is closed to an account is not reachable for it', () =>
  withTemporaryFolder(async (folder) => {
    const { uid, gid } = await stat(folder);
    const closed = join(folder, 'closed');
    const inner = join(closed, 'inner');
    await mkdir(inner, { recursive: true });
    expect(await isReachable(inner, { uid, gid })).toBe(true);
    await chmod(closed, 0o677);
    expect(await isReachable(closed, { uid, gid })).toBe(false);
    expect(await isReachable(folder, { uid, gid })).toBe(true);
    await chmod(closed, 0o755);
  }));
