import { randomUUID } from 'node:crypto';
import { freePort } from '../../src/local/free-port';
import { connectClient } from '../../src/temporal/connect-client';
import { missingSearchAttributes } from '../../src/temporal/search-attribute-setup';
import { assertReady, NotReadyError } from '../../src/setup/assert-ready';
import { runSetup } from '../../src/setup/run-setup';
import { createEmptyDatabase } from '../support/database';
import { testServices } from '../support/test-services';

it('makes database and namespace ready, and can be run again', async () => {
  const database = await createEmptyDatabase();
  const temporal = {
    namespace: `setup-${randomUUID()}`,
    connectionOptions: { address: testServices().temporalAddress },
  };
  const { client, close } = connectClient(temporal, []);
  try {
    const first: string[] = [];
    await runSetup({ databaseUrl: database.url, temporal, sweepIntervalMs: 30_000 }, (line) => first.push(line));
    expect(first.join('\n')).toMatch(/ran 0001_messages.*\n.*created.*\n.*added PosthornTenant/s);
    await expect(missingSearchAttributes(client)).resolves.toEqual([]);
    await expect(assertReady(database.database, client)).resolves.toBeUndefined();

    const second: string[] = [];
    await runSetup({ databaseUrl: database.url, temporal, sweepIntervalMs: 30_000 }, (line) => second.push(line));
    expect(second).toEqual([
      'Postgres: schema is up to date.',
      `Temporal: namespace ${temporal.namespace} is there.`,
      'Temporal: search attributes are there.',
      'Temporal: sweep every 30 s, unchanged.',
    ]);
  } finally {
    await close();
    await database.drop();
  }
});

it('is what a process asks for that finds nothing ready', async () => {
  const database = await createEmptyDatabase();
  const address = testServices().temporalAddress;
  const { client, close } = connectClient({ namespace: 'default', connectionOptions: { address } }, []);
  try {
    const refusal = assertReady(database.database, client);
    await expect(refusal).rejects.toBeInstanceOf(NotReadyError);
    await expect(refusal).rejects.toThrow(/run "posthorn setup"/);
  } finally {
    await close();
    await database.drop();
  }
});

it('says soon that Temporal does not answer, and what to check', async () => {
  const database = await createEmptyDatabase();
  const port = await freePort();
  const temporal = { namespace: 'default', connectionOptions: { address: `127.0.0.1:${port}` } };
  try {
    const setup = runSetup({ databaseUrl: database.url, temporal, sweepIntervalMs: 30_000 }, () => undefined);
    await expect(setup).rejects.toThrow('Temporal does not answer; check TEMPORAL_ADDRESS and the server.');
  } finally {
    await database.drop();
  }
}, 15_000);
