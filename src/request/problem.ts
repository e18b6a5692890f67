import { type ZodError } from 'zod';

/** One thing that is wrong with a request. */
export interface Problem {
  /** Where, such as `policy.escalation[1].to`; empty for the request as a whole. */
  readonly field: string;
  /** What is wrong and what to do about it; names the field, never repeats its value. */
  readonly message: string;
}

/** Enough to see what is wrong; a request with more is not a slip of the pen. */
const MOST_PROBLEMS = 100;
const LONGEST_NAME = 64;

/** All problems that a schema of this folder found. An unknown field is a problem of its own. */
export function problemsOf(error: ZodError, whole: string): Problem[] {
  const problems = error.issues.flatMap((issue) => {
    const paths = issue.code === 'unrecognized_keys' ? issue.keys.map((key) => [...issue.path, key]) : [issue.path];
    return paths.map((path) => {
      const field = fieldName(path);
      return { field, message: `${field === '' ? whole : field} ${issue.message}` };
    });
  });
  return problems.slice(0, MOST_PROBLEMS);
}

function fieldName(path: readonly PropertyKey[]): string {
  return path.map((part, index) => partName(part, index === 0)).join('');
}

function partName(part: PropertyKey, isFirst: boolean): string {
  if (typeof part === 'number') {
    return `[${part}]`;
  }
  const name = String(part);
  if (/^[A-Za-z_][\w-]*$/.test(name) && name.length <= LONGEST_NAME) {
    return isFirst ? name : `.${name}`;
  }
  return `[${JSON.stringify(name.length > LONGEST_NAME ? `${name.slice(0, LONGEST_NAME)}…` : name)}]`;
}
