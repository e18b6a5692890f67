import { z } from 'zod';
import { expectation } from '../request/expectation';

const LONGEST_CURSOR = 512;

/** How many entries a page has, from 1 to `most`. */
export function limitField(usual: number, most: number): z.ZodType<number> {
  const error = `is not a number of entries: give a whole number from 1 to ${most}`;
  return z
    .string({ error: expectation('one number') })
    .regex(/^\d{1,6}$/, { error })
    .transform(Number)
    .refine((limit) => limit >= 1 && limit <= most, { error })
    .default(usual);
}

/** An opaque cursor; what it must be is known to the store alone. */
export const cursorField = z
  .string({ error: expectation('the `nextCursor` of the page before') })
  .regex(/^[\x21-\x7e]+$/, { error: 'is not a cursor: take the `nextCursor` of the page before, or leave it out' })
  .max(LONGEST_CURSOR, { error: 'is not a cursor: take the `nextCursor` of the page before, or leave it out' })
  .optional();

const MOMENT = z.union([z.iso.datetime({ offset: true }), z.iso.date()]);

/** A moment with its zone, or a day in UTC, as ISO 8601 in UTC. A `+` that was not encoded has become a space. */
export const momentField = z
  .string({ error: expectation('one moment') })
  .transform((text, context) => {
    const moment = MOMENT.safeParse(text.replace(' ', '+'));
    if (!moment.success) {
      context.addIssue({
        code: 'custom',
        message: 'is not a moment: write ISO 8601 with a zone, such as 2026-01-31T08:00:00Z',
      });
      return z.NEVER;
    }
    return new Date(moment.data).toISOString();
  })
  .optional();
