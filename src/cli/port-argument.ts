import { InvalidArgumentError } from 'commander';

const HIGHEST_PORT = 65_535;

/** Reads a port of the command line. @throws InvalidArgumentError */
export function portArgument(text: string): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN;
  if (!(port <= HIGHEST_PORT)) {
    throw new InvalidArgumentError(`It is not a port: give a whole number from 0 (any free port) to ${HIGHEST_PORT}.`);
  }
  return port;
}
