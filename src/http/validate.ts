import { type z } from 'zod';
import { type Problem, problemsOf } from '../request/problem';
import { type AppContext } from './app-context';
import { HttpProblem } from './http-problem';
import { readJsonBody } from './json-body';

/** The answer to input that is wrong; what concerns no field goes by the name of the whole. */
export function invalid(problems: readonly Problem[], whole: 'body' | 'query'): HttpProblem {
  const errors = problems.map(({ field, message }) => ({ field: field === '' ? whole : field, message }));
  return new HttpProblem('invalid_request', { errors });
}

/**
 * Checks input against a schema made of the parts in `src/request`, whose messages name field and remedy.
 * @throws HttpProblem `invalid_request` that lists every field at fault.
 */
export function validate<T>(schema: z.ZodType<T>, input: unknown, whole: 'body' | 'query'): T {
  const result = schema.safeParse(input);
  if (!result.success) {
    throw invalid(problemsOf(result.error, `the ${whole}`), whole);
  }
  return result.data;
}

/** Reads and checks the JSON body. */
export async function validateBody<T>(schema: z.ZodType<T>, context: AppContext): Promise<T> {
  return validate(schema, await readJsonBody(context), 'body');
}

/** Checks the query parameters; a repeated one arrives as a list, which no schema of texts takes. */
export function validateQuery<T>(schema: z.ZodType<T>, context: AppContext): T {
  return validate(schema, { ...context.query }, 'query');
}
