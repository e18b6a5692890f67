import { createServer, type Server, type Socket } from 'node:net';
import { type AddressInfo } from 'node:net';
import { createDatabase, type DatabaseOptions } from '../../src/database/client';
import { DatabaseError, DatabaseUnavailableError } from '../../src/database/database-error';
import { createMessageStore } from '../../src/database/message-store';
import { createOptOutStore } from '../../src/database/opt-out-store';
import { meaningOf } from '../../src/database/sqlstate';
import { withDatabaseErrors } from '../../src/database/with-database-errors';
import { createTestDatabase, type TestDatabase } from '../support/database';
import { until } from '../support/until';
import { newAttempt, newCreated, newMessage, newOptOut } from '../support/database-fixtures';

let clone: TestDatabase;

beforeAll(async () => {
  clone = await createTestDatabase();
});

afterAll(() => clone.drop());

function runSql(sql: string): Promise<unknown> {
  return withDatabaseErrors<unknown>(async () => clone.database.raw(sql));
}

async function errorOf(promise: Promise<unknown>): Promise<DatabaseError> {
  const error: unknown = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(DatabaseError);
  return error as DatabaseError;
}

describe('from Postgres', () => {
  test.each([
    ['40001', 'contended', true],
    ['40P01', 'contended', true],
    ['55P03', 'contended', true],
    ['57014', 'contended', true],
    ['08006', 'unavailable', true],
    ['57P01', 'unavailable', true],
    ['57P03', 'unavailable', true],
    ['25006', 'unavailable', true],
    ['53300', 'unavailable', true],
    ['28P01', 'misconfigured', false],
    ['3D000', 'misconfigured', false],
    ['42P01', 'misconfigured', false],
    ['42501', 'misconfigured', false],
    ['23505', 'refused', false],
    ['23514', 'refused', false],
    ['22P05', 'refused', false],
    ['42601', 'defect', false],
  ])('%s is %s', async (code, fault, isRetryable) => {
    const error = await errorOf(runSql(`do $$ begin raise exception 'secret' using errcode = '${code}'; end $$`));
    expect(error).toMatchObject({ fault, code, isRetryable });
    expect(error instanceof DatabaseUnavailableError).toBe(fault === 'unavailable');
    expect(error.message).toContain(`(${code})`);
  });

  test('every remedy is a sentence part, and an unknown code is a defect', () => {
    expect(meaningOf('XX000').fault).toBe('defect');
    expect(meaningOf('42P01').message).toContain('run "posthorn setup"');
    expect(meaningOf('28P01').message).toContain('DATABASE_URL');
  });

  test('a missing table says what to do', async () => {
    const error = await errorOf(runSql('select from not_there'));
    expect(error.message).toBe('the database lacks a table or column: run "posthorn setup" (42P01)');
  });
});

describe('of values', () => {
  const personal = /1202555|parcel|acme|hash-of/;

  function everythingOf(error: DatabaseError): string {
    return [
      error.message,
      error.stack,
      JSON.stringify(error),
      JSON.stringify(Object.values(error)),
      String(error.cause),
    ].join('\n');
  }

  test('nothing leaks out of a broken rule', async () => {
    const messages = createMessageStore(clone.database);
    const [first, second] = [newMessage(), newMessage()];
    const created = newCreated();
    await messages.beginAttempt(first, newAttempt());
    await messages.beginAttempt(second, newAttempt());
    await messages.recordCreated(first.messageId, 1, created);
    const error = await errorOf(messages.recordCreated(second.messageId, 1, created));
    expect(error).toMatchObject({
      fault: 'refused',
      code: '23505',
      constraint: 'attempts_message_sid',
      table: 'attempts',
    });
    expect(everythingOf(error)).not.toMatch(personal);
    expect(everythingOf(error)).not.toContain(created.messageSid);
  });

  test('nothing leaks out of a value that cannot be stored', async () => {
    const body = 'Your parcel\u0000';
    const message = newMessage();
    const broken = { ...message, request: { ...message.request, content: { body } } };
    const error = await errorOf(createMessageStore(clone.database).beginAttempt(broken, newAttempt()));
    expect(error.fault).toBe('refused');
    expect(error.message).toContain('NUL character');
    expect(everythingOf(error)).not.toMatch(personal);
  });

  test('nothing leaks out of a wrong time', async () => {
    const error = await errorOf(createOptOutStore(clone.database).record(newOptOut({ at: 'acme +12025550101' })));
    expect(error.fault).toBe('refused');
    expect(everythingOf(error)).not.toMatch(personal);
  });
});

test('what is not of the database stays as it is', async () => {
  const own = new TypeError('a mistake of ours');
  await expect(withDatabaseErrors(() => Promise.reject(own))).rejects.toBe(own);
});

describe('the connection', () => {
  const databases: ReturnType<typeof createDatabase>[] = [];
  const servers: Server[] = [];
  const sockets: Socket[] = [];

  afterEach(async () => {
    await Promise.all(databases.splice(0).map((database) => database.destroy()));
    sockets.splice(0).forEach((socket) => socket.destroy());
    await Promise.all(servers.splice(0).map((server) => new Promise((resolve) => server.close(resolve))));
  });

  function storeAt(url: string, options: Partial<DatabaseOptions> = {}) {
    const database = createDatabase({ url, poolMax: 2, applicationName: 'test', ...options });
    databases.push(database);
    return { database, messages: createMessageStore(database) };
  }

  /** A port where somebody listens and does this with each connection. */
  async function listening(onConnection: (socket: Socket) => void): Promise<number> {
    const server = createServer((socket) => {
      sockets.push(socket);
      onConnection(socket);
    });
    servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return (server.address() as AddressInfo).port;
  }

  test('refused', async () => {
    const port = await listening(() => undefined);
    await new Promise((resolve) => servers.splice(0)[0]?.close(resolve));
    const error = await errorOf(
      storeAt(`postgresql://user:secret@127.0.0.1:${port}/posthorn`).messages.find('acme', 'msg_1'),
    );
    expect(error).toBeInstanceOf(DatabaseUnavailableError);
    expect(error.message).toContain('check that Postgres runs and that DATABASE_URL points at it (ECONNREFUSED)');
    expect(error.message).not.toContain('secret');
  });

  test('closed by the other side', async () => {
    const port = await listening((socket) => socket.destroy());
    const { messages } = storeAt(`postgresql://user@127.0.0.1:${port}/posthorn`);
    expect(await errorOf(messages.find('acme', 'msg_1'))).toBeInstanceOf(DatabaseUnavailableError);
  });

  test('never answered', async () => {
    const port = await listening(() => undefined);
    const { messages } = storeAt(`postgresql://user@127.0.0.1:${port}/posthorn`, { connectTimeoutMs: 200 });
    expect(await errorOf(messages.find('acme', 'msg_1'))).toBeInstanceOf(DatabaseUnavailableError);
  });

  test('with a wrong password or database', async () => {
    const wrongDatabase = new URL(clone.url);
    wrongDatabase.pathname = '/not_there';
    const error = await errorOf(storeAt(wrongDatabase.href).messages.find('acme', 'msg_1'));
    expect(error).toMatchObject({ fault: 'misconfigured', code: '3D000' });
  });

  test('cut while a statement runs, and fine again afterwards', async () => {
    const { database, messages } = storeAt(clone.url);
    const cut = withDatabaseErrors<unknown>(async () => database.raw('select pg_terminate_backend(pg_backend_pid())'));
    expect(await errorOf(cut)).toBeInstanceOf(DatabaseUnavailableError);
    // The socket tells the pool of its end a moment after the error.
    await until('a new connection', () =>
      messages.find('acme', 'msg_1').then(
        () => true,
        () => false,
      ),
    );
  });

  test('with every connection of the pool taken', async () => {
    const { database, messages } = storeAt(clone.url, { poolMax: 1, connectTimeoutMs: 200 });
    const holder = await database.transaction();
    const error = await errorOf(messages.find('acme', 'msg_1'));
    await holder.rollback();
    expect(error).toBeInstanceOf(DatabaseUnavailableError);
    expect(error.message).toContain('raise the size of the pool');
    expect(await messages.find('acme', 'msg_1')).toBeUndefined();
  });
});
