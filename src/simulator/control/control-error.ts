import { type z } from 'zod';

/** A call of the control API that cannot be done; the message names the field and the remedy. */
export class ControlError extends Error {
  override readonly name = 'ControlError';
  readonly status: 400 | 404 | 409 | 415;

  constructor(status: 400 | 404 | 409 | 415, message: string) {
    super(message);
    this.status = status;
  }
}

/**
 * Checks what a caller of the control API gave.
 * @throws ControlError 400 that lists every field that is wrong, with the reason
 */
export function checked<Schema extends z.ZodType>(schema: Schema, value: unknown): z.output<Schema> {
  const result = schema.safeParse(value);
  if (!result.success) {
    throw new ControlError(400, describeIssues(result.error.issues));
  }
  return result.data;
}

/** One line for all issues: `scripts[0].messages: use a whole number …; address: …`. */
function describeIssues(issues: readonly z.core.$ZodIssue[]): string {
  return issues.map(({ path, message }) => `${fieldName(path)}: ${message}`).join('; ');
}

function fieldName(path: readonly PropertyKey[]): string {
  const name = path.map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`)).join('');
  return name === '' ? 'the whole' : name.replace(/^\./, '');
}
