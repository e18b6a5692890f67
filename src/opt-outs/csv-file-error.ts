import { type Problem } from '../request/problem';

/** A file cannot be read at all; each problem names the column at fault, or `file`, and the remedy. */
export class CsvFileError extends Error {
  override readonly name = 'CsvFileError';
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[]) {
    super(problems.map(({ message }) => message).join('\n'));
    this.problems = problems;
  }
}
