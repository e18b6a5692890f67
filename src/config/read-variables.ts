import { z } from 'zod';
import { ConfigError, type ConfigProblem } from './config-error';
import { type Environment } from './environment';
import { loadTemporalConfig, type TemporalConfig } from './temporal-config';

/** The values of some variables, and how to reach Temporal. */
export type ReadVariables<Shape extends z.ZodRawShape> = z.output<z.ZodObject<Shape>> & {
  readonly temporal: TemporalConfig;
};

/**
 * Reads all variables of a shape and those of Temporal.
 * @throws ConfigError with every problem at once.
 */
export function readVariables<Shape extends z.ZodRawShape>(shape: Shape, env: Environment): ReadVariables<Shape> {
  const present = withoutBlanks(env);
  const variables = z.object(shape).safeParse(present);
  const temporal = tryTemporal(present);
  if (variables.success && 'namespace' in temporal) {
    return { ...variables.data, temporal };
  }
  throw new ConfigError([
    ...(variables.success ? [] : variables.error.issues.map(toProblem)),
    ...('namespace' in temporal ? [] : [temporal]),
  ]);
}

/** Compose files and CI hand on what is not set as an empty text; nobody means that as a value. */
export function withoutBlanks(env: Environment): Environment {
  return Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value.trim() !== ''));
}

/** How to reach Temporal, or what is wrong with it. */
export function tryTemporal(env: Environment): TemporalConfig | ConfigProblem {
  try {
    return loadTemporalConfig(env);
  } catch (error) {
    return { variable: 'TEMPORAL_ADDRESS', problem: error instanceof Error ? error.message : String(error) };
  }
}

function toProblem({ path, message }: z.core.$ZodIssue): ConfigProblem {
  return { variable: path.join('.'), problem: message };
}
