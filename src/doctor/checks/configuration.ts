import { defineCheck } from '../check';
import { green, red } from '../finding';

/** The environment, by the word of the loaders of API, worker and setup. */
export const configuration = defineCheck({
  name: 'configuration',
  run: ({ problems }) =>
    problems.length === 0
      ? green('Every variable that is set can be used, and none is missing.')
      : red({
          what: problems.map(({ variable, problem }) => `${variable} ${problem}`).join('\n'),
          why: 'API, worker and posthorn setup refuse to start with a wrong environment.',
          remedy: 'Put right each line; .env.example explains every name.',
        }),
});
