import { type Problem } from '../request/problem';

/** The request cannot be sent as it is. `problems` names each field, what is wrong with it, and the remedy. */
export class InvalidRequestError extends Error {
  override readonly name = 'InvalidRequestError';
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[]) {
    super(['The request is not valid:', ...problems.map(({ message }) => `  ${message}`)].join('\n'));
    this.problems = problems;
  }
}
