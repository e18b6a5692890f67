import { z } from 'zod';
import { expectation } from './expectation';

/** NUL and halves of surrogate pairs: Postgres keeps neither, in text or in JSON. */
const UNSTORABLE = /[\0\p{Surrogate}]/u;

/** Whether a text can be stored and sent. */
export function isStorable(text: string): boolean {
  return !UNSTORABLE.test(text);
}

/** The message for a text that cannot be stored. */
export const UNSTORABLE_MESSAGE = 'has a NUL character or half a character in it: remove it';

/**
 * A text of limited length.
 * @param what what to give, such as `the text of the message`.
 * @param maxLength in UTF-16 code units, as `String.length` counts.
 */
export function textField(what: string, maxLength: number): z.ZodString {
  return z
    .string({ error: expectation(what) })
    .max(maxLength, { error: `is longer than ${maxLength} characters: shorten it` })
    .refine(isStorable, { error: UNSTORABLE_MESSAGE });
}
