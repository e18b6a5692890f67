import { z } from 'zod';
import { describeWrongSid, isSid } from '../domain/sid';
import { type SidPrefix } from '../domain/sid-kinds';
import { expectation } from './expectation';

/** An identifier of one kind; another kind is refused with the name of what it looks like. */
export function sidField(prefix: SidPrefix, what: string): z.ZodString {
  return z.string({ error: expectation(what) }).superRefine((text, context) => {
    if (!isSid(text, prefix)) {
      context.addIssue({ code: 'custom', message: describeWrongSid(text, prefix) });
    }
  });
}
