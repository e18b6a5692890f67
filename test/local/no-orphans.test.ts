import { readdir, readFile } from 'node:fs/promises';
import { removeLeftovers } from '../../src/local/leftovers';
import { type TemporalCli } from '../../src/local/temporal-cli/temporal-cli';
import { acceptsConnections } from './support/accepts-connections';
import { type Fixture, runFixture } from './support/run-fixture';
import { temporalCliForTests } from './support/temporal-cli';
import { withTemporaryFolder } from './support/temporary-folder';
import { until } from './support/until';

const FETCH_WITHIN_MS = 300_000;
const GONE_WITHIN_MS = 20_000;

let cli: TemporalCli;

beforeAll(async () => {
  cli = await temporalCliForTests();
}, FETCH_WITHIN_MS);

interface Servers {
  readonly postgresUrl: string;
  readonly temporalAddress: string;
}

/** Runs `use` with servers that a process of their own has started, with their files in `folder`. */
async function withServers(
  ending: 'wait' | 'throw',
  use: (parent: Fixture, ports: readonly number[], folder: string) => Promise<void>,
): Promise<void> {
  await withTemporaryFolder(async (folder) => {
    const parent = runFixture('keep-servers', [cli.path, ending], { TMPDIR: folder });
    try {
      const servers = JSON.parse(await parent.line('servers ')) as Servers;
      const ports = [new URL(servers.postgresUrl).port, new URL(`http://${servers.temporalAddress}`).port];
      await use(parent, ports.map(Number), folder);
    } finally {
      parent.process.kill('SIGKILL');
      await parent.exited;
    }
  });
}

async function nothingIsLeft(ports: readonly number[], folder: string): Promise<boolean> {
  const answers = await Promise.all(ports.map(acceptsConnections));
  return !answers.includes(true) && (await readdir(folder)).every((name) => !name.startsWith('posthorn-run-'));
}

test('kill -9 of the process that started them ends the servers and removes their files', () =>
  withServers('wait', async (parent, ports, folder) => {
    expect(await Promise.all(ports.map(acceptsConnections))).toEqual([true, true]);
    parent.process.kill('SIGKILL');
    await until('nothing is left', GONE_WITHIN_MS, () => nothingIsLeft(ports, folder));
  }));

test.each(['SIGINT', 'SIGTERM'] as const)('%s stops everything in good order', (signal) =>
  withServers('wait', async (parent, ports, folder) => {
    parent.process.kill(signal);
    await parent.line('stopped');
    expect(await parent.exited).toBe(signal === 'SIGINT' ? 130 : 143);
    expect(await nothingIsLeft(ports, folder)).toBe(true);
  }),
);

test('an uncaught error ends the servers too', () =>
  withServers('throw', async (parent, ports, folder) => {
    expect(await parent.exited).toBe(1);
    await until('nothing is left', GONE_WITHIN_MS, () => nothingIsLeft(ports, folder));
  }));

/** The guards are the direct children of the process that started the servers. */
async function childrenOf(processId: number): Promise<readonly number[]> {
  const children = await readFile(`/proc/${processId}/task/${processId}/children`, 'utf8');
  return children.trim().split(' ').map(Number);
}

test('what is left when the guards are killed as well, the next run clears away', () =>
  withServers('wait', async (parent, ports, folder) => {
    const parentId = Number(parent.process.pid);
    const guards = await childrenOf(parentId);
    expect(guards).toHaveLength(2);
    [...guards, parentId].forEach((processId) => process.kill(processId, 'SIGKILL'));
    await parent.exited;
    expect(await Promise.all(ports.map(acceptsConnections))).toEqual([true, true]);

    const lines: string[] = [];
    await removeLeftovers(folder, (line) => lines.push(line));
    expect(lines).toHaveLength(2);
    await until('nothing is left', GONE_WITHIN_MS, () => nothingIsLeft(ports, folder));
  }));
