import { existsSync, readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';

/** Environment variables by name. A variable that is set to nothing counts as absent. */
export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The variables of this process together with those of an env file. What the process was started with wins,
 * and `process.env` is left as it is, so that no library sees more than posthorn does.
 *
 * @param envFile path of a file in the form of `.env.example`; it may be absent.
 */
export function readEnvironment(envFile = '.env'): Environment {
  const fromFile = existsSync(envFile) ? parseEnv(readFileSync(envFile, 'utf8')) : {};
  return { ...fromFile, ...process.env };
}
