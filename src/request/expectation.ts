/** What zod says of a value that does not fit; only its parts that are used here. */
interface RawIssue {
  readonly code?: string | undefined;
  readonly input?: unknown;
}

/**
 * The message for a value that is missing or of the wrong kind.
 * @param what what to give, such as `a text`, `an object such as {…}`.
 */
export function expectation(what: string): (issue: RawIssue) => string {
  return ({ input }) => (input === undefined ? `is missing: give ${what}` : `is ${kindOf(input)}: give ${what}`);
}

/** The message for a word that is not on the list. */
export function expectOneOf(words: readonly string[]): (issue: RawIssue) => string {
  const list = words.length > 1 ? `${words.slice(0, -1).join(', ')} or ${words.at(-1) ?? ''}` : words.join('');
  return ({ input }) => (input === undefined ? `is missing: give ${list}` : `is not known: give ${list}`);
}

function kindOf(input: unknown): string {
  if (input === null) {
    return 'null';
  }
  if (Array.isArray(input)) {
    return 'a list';
  }
  switch (typeof input) {
    case 'string':
      return 'a text';
    case 'number':
    case 'bigint':
      return 'a number';
    case 'boolean':
      return 'true or false';
    case 'object':
      return 'an object';
    default:
      return 'no JSON value';
  }
}
