import { ConfigError } from './config-error';

/** Exit code of a configuration that cannot be used. Source: sysexits.h. */
const EX_CONFIG = 78;

/** Loads a configuration; when it cannot be used, says everything that is wrong with it on standard error and ends the process. */
export function loadConfigOrExit<T>(load: () => T): T {
  try {
    return load();
  } catch (error) {
    if (error instanceof ConfigError) {
      process.stderr.write(`${error.message}\n`);
      process.exit(EX_CONFIG);
    }
    throw error;
  }
}
