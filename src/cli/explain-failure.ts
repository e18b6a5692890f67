import { CommanderError } from 'commander';
import { InvalidRequestError } from '../client/invalid-request-error';
import { ConfigError } from '../config/config-error';
import { EXIT_CODES } from './exit-codes';
import { UsageError } from './usage-error';

/** How a command that threw ends, and what is still to be said on standard error. */
export interface Failure {
  readonly exitCode: number;
  readonly message: string | undefined;
}

/** Turns what a command threw into an exit code and a message. */
export function explainFailure(error: unknown): Failure {
  if (error instanceof CommanderError) {
    // Commander has printed its message already; help and version that were asked for come with 0.
    return { exitCode: error.exitCode === 0 ? EXIT_CODES.ok : EXIT_CODES.usage, message: undefined };
  }
  const message = error instanceof Error ? error.message : String(error);
  if (error instanceof UsageError || error instanceof InvalidRequestError) {
    return { exitCode: EXIT_CODES.usage, message };
  }
  return { exitCode: error instanceof ConfigError ? EXIT_CODES.config : EXIT_CODES.failed, message };
}
