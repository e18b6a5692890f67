/** What is wrong with one environment variable and how to put it right. Never holds the value of a secret. */
export interface ConfigProblem {
  readonly variable: string;
  /** Continues a sentence that begins with the variable's name, such as `is missing: …`. */
  readonly problem: string;
}

/** The environment cannot be used. The message lists every problem at once, one per line. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  readonly problems: readonly ConfigProblem[];

  constructor(problems: readonly ConfigProblem[]) {
    const lines = problems.map(({ variable, problem }) => `  ${variable} ${problem}`);
    super(`The environment cannot be used; .env.example explains every name:\n${lines.join('\n')}`);
    this.problems = problems;
  }
}
