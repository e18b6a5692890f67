import { InvalidArgumentError } from 'commander';
import { momentField } from '../http/query-fields';

/** Reads a moment of the command line as ISO 8601 in UTC. @throws InvalidArgumentError */
export function momentArgument(text: string): string {
  const moment = momentField.safeParse(text);
  if (!moment.success || moment.data === undefined) {
    throw new InvalidArgumentError('It is not a moment: write ISO 8601 with a zone, such as 2026-01-31T08:00:00Z.');
  }
  return moment.data;
}
