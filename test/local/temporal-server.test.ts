import { readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client, Connection } from '@temporalio/client';
import { defineSearchAttributeKey, SearchAttributeType } from '@temporalio/common';
import { openTemporalServer } from '../../src/local/open-temporal-server';
import { startTemporalServer, type TemporalServer } from '../../src/local/temporal-server';
import { type TemporalCli } from '../../src/local/temporal-cli/temporal-cli';
import { acceptsConnections } from './support/accepts-connections';
import { writeScript } from './support/fake-cli';
import { withOccupiedPort } from './support/occupied-port';
import { temporalCliForTests } from './support/temporal-cli';
import { withTemporaryFolder } from './support/temporary-folder';

const FETCH_WITHIN_MS = 300_000;

let cli: TemporalCli;

beforeAll(async () => {
  cli = await temporalCliForTests();
}, FETCH_WITHIN_MS);

const settings = { namespace: 'tour', searchAttributes: {}, ui: false, progress: () => undefined };

function portOf({ address }: TemporalServer): number {
  return Number(address.split(':')[1]);
}

async function withClient<T>(server: TemporalServer, use: (client: Client) => Promise<T>): Promise<T> {
  const connection = await Connection.connect({ address: server.address });
  try {
    return await use(new Client({ connection, namespace: server.namespace }));
  } finally {
    await connection.close();
  }
}

function startWorkflow(client: Client, workflowId: string): Promise<unknown> {
  return client.workflow.start('anything', { taskQueue: 'nobody-polls', workflowId });
}

test('a client can start workflows with the search attributes at once; the UI answers; stop() ends both', async () => {
  const tenant = defineSearchAttributeKey('Tenant', SearchAttributeType.KEYWORD);
  const server = await startTemporalServer({ ...settings, cli, ui: true, searchAttributes: { Tenant: 'Keyword' } });
  try {
    const described = await withClient(server, async (client) => {
      const handle = await client.workflow.start('anything', {
        taskQueue: 'nobody-polls',
        workflowId: 'one',
        typedSearchAttributes: [{ key: tenant, value: 'acme' }],
      });
      return handle.describe();
    });
    expect(described.status.name).toBe('RUNNING');
    expect(described.typedSearchAttributes.get(tenant)).toBe('acme');
    expect((await fetch(`${String(server.uiUrl)}/namespaces/tour/workflows`)).status).toBe(200);
  } finally {
    await server.stop();
  }
  expect(server.outage).toBeUndefined();
  expect(await acceptsConnections(portOf(server))).toBe(false);
  expect(await acceptsConnections(Number(new URL(String(server.uiUrl)).port))).toBe(false);
});

test('a port that is taken in the meantime leads to another one', () =>
  withOccupiedPort(async (findPort, takenPort) => {
    const server = await startTemporalServer({ ...settings, cli, findPort });
    try {
      expect(portOf(server)).not.toBe(takenPort);
      await withClient(server, (client) => startWorkflow(client, 'two'));
    } finally {
      await server.stop();
    }
  }));

test('a database file keeps workflows from one start to the next', () =>
  withTemporaryFolder(async (folder) => {
    const databaseFile = join(folder, 'temporal.sqlite');
    const before = await startTemporalServer({ ...settings, cli, databaseFile });
    await withClient(before, (client) => startWorkflow(client, 'kept')).finally(() => before.stop());
    const after = await startTemporalServer({ ...settings, cli, databaseFile });
    try {
      const description = await withClient(after, (client) => client.workflow.getHandle('kept').describe());
      expect(description.status.name).toBe('RUNNING');
    } finally {
      await after.stop();
    }
  }));

test.each(['orderly', 'killed'] as const)(
  'with a database file it comes back after an outage (%s), on its port and with its workflows',
  (how) =>
    withTemporaryFolder(async (folder) => {
      const databaseFile = join(folder, 'temporal.sqlite');
      const server = await startTemporalServer({ ...settings, cli, databaseFile });
      try {
        await withClient(server, (client) => startWorkflow(client, 'kept'));
        await server.outage?.begin(how);
        expect(await acceptsConnections(portOf(server))).toBe(false);
        await server.outage?.end();
        const description = await withClient(server, (client) => client.workflow.getHandle('kept').describe());
        expect(description.status.name).toBe('RUNNING');
      } finally {
        await server.stop();
      }
    }),
);

test('a server that cannot start says what it printed and leaves no folder', () =>
  withTemporaryFolder(async (folder) => {
    const path = await writeScript(join(folder, 'temporal'), 'pwd', 'echo out of luck >&2', 'exit 7');
    const failed = startTemporalServer({ ...settings, cli: { path, version: 'any', way: 'given' } });
    const message = await failed.then(
      () => 'started',
      (error: unknown) => String(error),
    );
    expect(message).toContain('ended with exit code 7 and printed:\n');
    expect(message).toContain('out of luck');
    const runFolder = /posthorn-run-\w+/.exec(message)?.[0];
    expect(runFolder).toBeDefined();
    expect(await readdir(tmpdir())).not.toContain(runFolder);
  }));

test('TEMPORAL_ADDRESS is used as it stands', async () => {
  const server = await openTemporalServer({
    ...settings,
    environment: { TEMPORAL_ADDRESS: 'temporal.example:7233' },
    signal: new AbortController().signal,
  });
  expect(server).toMatchObject({ address: 'temporal.example:7233', namespace: 'tour' });
  await server.stop();
});
