import { resolve } from 'node:path';

/** The types that a search attribute can have, in the words of the Temporal command line. */
export type SearchAttributeTypeName = 'Text' | 'Keyword' | 'Int' | 'Double' | 'Bool' | 'Datetime' | 'KeywordList';

/** Settings of the dev server that are not ours to choose for production but matter here. */
const dynamicConfig: Readonly<Record<string, number | boolean>> = {
  // The limits of a small cluster would be what a load test measures.
  'frontend.rps': 100_000,
  'frontend.namespaceRPS': 100_000,
  'frontend.namespaceRPS.visibility': 10_000,
  // Off by default, and bulk of one tenant must not starve another's messages here either.
  'matching.enableFairness': true,
};

/** What is written is with the operating system, which outlives a server that is killed: no waiting for the disk. */
const SQLITE_PRAGMA = ['--sqlite-pragma', 'synchronous=OFF'] as const;

/** What a dev server is started with. */
export interface TemporalServerSettings {
  readonly namespace: string;
  /** Search attributes to register, by name. */
  readonly searchAttributes: Readonly<Record<string, SearchAttributeTypeName>>;
  /** Path of a SQLite file that keeps everything; in memory when absent. */
  readonly databaseFile?: string;
}

/** The arguments for `temporal`: a dev server on 127.0.0.1 that reports errors only, without a UI when `uiPort` is absent. */
export function temporalServerArguments(
  settings: TemporalServerSettings,
  port: number,
  uiPort: number | undefined,
): readonly string[] {
  const { namespace, searchAttributes, databaseFile } = settings;
  return [
    ...['server', 'start-dev', '--log-level', 'error', '--ip', '127.0.0.1', '--port', String(port)],
    ...(uiPort === undefined ? ['--headless'] : ['--ui-port', String(uiPort)]),
    ...['--namespace', namespace],
    ...Object.entries(searchAttributes).flatMap(([name, type]) => ['--search-attribute', `${name}=${type}`]),
    ...Object.entries(dynamicConfig).flatMap(([key, value]) => ['--dynamic-config-value', `${key}=${value}`]),
    ...(databaseFile === undefined ? [] : ['--db-filename', resolve(databaseFile), ...SQLITE_PRAGMA]),
  ];
}
