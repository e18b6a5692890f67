/** What every embedded Postgres runs with. */
const alwaysSet = {
  // Only this machine, and no socket file in a folder that others share.
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  // API, worker, relay and two test processes each have a pool.
  max_connections: '200',
  timezone: 'UTC',
  log_timezone: 'UTC',
} as const;

/** Speed for durability: right where the data folder is removed at the end anyway. */
const withoutDurability = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' } as const;

/** The arguments for `postgres`. `durable` keeps commits as safe as in production, for measurements. */
export function postgresArguments(dataFolder: string, port: number, durable: boolean): readonly string[] {
  const settings = { ...alwaysSet, ...(durable ? {} : withoutDurability) };
  const options = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  return ['-D', dataFolder, '-p', String(port), ...options];
}

/** The arguments for `initdb`: UTF-8 with a collation that is the same on every machine. */
export function initdbArguments(dataFolder: string, user: string, passwordFile: string): readonly string[] {
  return [
    ...['--pgdata', dataFolder, '--username', user, '--pwfile', passwordFile, '--auth', 'scram-sha-256'],
    ...['--encoding', 'UTF8', '--locale', 'C', '--locale-provider', 'builtin', '--builtin-locale', 'C.UTF-8'],
    ...['--no-sync', '--no-instructions'],
  ];
}
