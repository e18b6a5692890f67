import { type z } from 'zod';
import { API_VARIABLES, loadApiConfig } from '../config/api-config';
import { ConfigError, type ConfigProblem } from '../config/config-error';
import { type Environment } from '../config/environment';
import { tryTemporal, withoutBlanks } from '../config/read-variables';
import { loadSetupConfig, SETUP_VARIABLES } from '../config/setup-config';
import { type TemporalConfig } from '../config/temporal-config';
import { loadWorkerConfig, WORKER_VARIABLES } from '../config/worker-config';

const VARIABLES = { ...SETUP_VARIABLES, ...API_VARIABLES, ...WORKER_VARIABLES };

type Values = { readonly [Name in keyof typeof VARIABLES]: z.output<(typeof VARIABLES)[Name]> } & {
  /** All that is needed to reach Temporal. */
  readonly TEMPORAL_ADDRESS: TemporalConfig;
};

/** What can be used of a configuration that may be wrong: each variable by itself, absent when it is not set or wrong. */
export type Settings = { readonly [Name in keyof Values]?: Exclude<Values[Name], undefined> };
export type SettingName = keyof Settings;

export interface ReadSettings {
  readonly settings: Settings;
  /** What API, worker and `posthorn setup` would refuse to start for, each problem once. */
  readonly problems: readonly ConfigProblem[];
}

/** Reads all that posthorn's processes read, and goes on where they would stop. */
export function readSettings(env: Environment): ReadSettings {
  const present = withoutBlanks(env);
  const temporal = tryTemporal(present);
  const values = Object.entries<z.ZodType>(VARIABLES).flatMap(([name, schema]) => {
    const parsed = schema.safeParse(present[name]);
    return parsed.success && parsed.data !== undefined ? [[name, parsed.data] as const] : [];
  });
  return {
    settings: {
      ...(Object.fromEntries(values) as Settings),
      ...('namespace' in temporal ? { TEMPORAL_ADDRESS: temporal } : {}),
    },
    problems: distinct([loadApiConfig, loadWorkerConfig, loadSetupConfig].flatMap((load) => problemsOf(load, env))),
  };
}

function problemsOf(load: (env: Environment) => unknown, env: Environment): readonly ConfigProblem[] {
  try {
    load(env);
    return [];
  } catch (error) {
    if (error instanceof ConfigError) {
      return error.problems;
    }
    throw error;
  }
}

function distinct(problems: readonly ConfigProblem[]): ConfigProblem[] {
  return [...new Map(problems.map((one) => [`${one.variable} ${one.problem}`, one])).values()];
}
