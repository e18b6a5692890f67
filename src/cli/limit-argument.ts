import { InvalidArgumentError } from 'commander';

const MOST = 10_000;

/** Reads how many entries of a list to show. @throws InvalidArgumentError */
export function limitArgument(text: string): number {
  const limit = /^\d{1,5}$/.test(text) ? Number(text) : 0;
  if (limit < 1 || limit > MOST) {
    throw new InvalidArgumentError(`It is not a number of entries: give a whole number from 1 to ${MOST}.`);
  }
  return limit;
}
