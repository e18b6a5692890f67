import { z } from 'zod';
import { expectation } from './expectation';

/** The fields of an object, of any kind. */
export type Fields = Readonly<Record<string, unknown>>;

/** A rule over several fields that is broken. `path` leads from the object to the field that is to be changed. */
export interface Breach {
  readonly path: readonly (string | number)[];
  readonly message: string;
}

/**
 * An object that refuses unknown fields and says which ones it knows.
 * @param what what to give instead of something that is no object.
 */
export function strictObject<Shape extends z.core.$ZodLooseShape>(
  what: string,
  shape: Shape,
): z.ZodObject<Shape, z.core.$strict> {
  const known = Object.keys(shape).join(', ');
  const wrongKind = expectation(what);
  return z.strictObject(shape, {
    error: (issue) =>
      issue.code === 'unrecognized_keys' ? `is not a known field: remove it, or use one of ${known}` : wrongKind(issue),
  });
}

/**
 * Adds a rule over several fields. It is checked even when one of them is wrong by itself, so that all problems are found at once;
 * the fields are therefore of any kind.
 */
export function withRule<Schema extends z.ZodType>(
  schema: Schema,
  rule: (fields: Fields) => readonly Breach[],
): Schema {
  return schema.superRefine(
    (value: unknown, context) => {
      if (!isFields(value)) {
        return;
      }
      for (const { path, message } of rule(value)) {
        context.addIssue({ code: 'custom', path: [...path], message });
      }
    },
    { when: () => true },
  );
}

/** Whether a value is an object with fields. */
export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
