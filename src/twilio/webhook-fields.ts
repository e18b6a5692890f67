import { z } from 'zod';
import { describeWrongSid, isSid, type Sid } from '../domain/sid';
import { type SidPrefix } from '../domain/sid-kinds';

/** What came of reading a webhook. Problems name fields and remedies, never a value. */
export type ParsedWebhook<Event> =
  { readonly ok: true; readonly event: Event } | { readonly ok: false; readonly problems: readonly string[] };

const MISSING = 'is missing; Twilio always sends it: check that the webhook is configured for this URL';

/** An identifier of one of the given kinds. */
export function sidField<Prefix extends SidPrefix>(...prefixes: readonly Prefix[]) {
  return z.string(MISSING).transform((text, context): Sid<Prefix> => {
    if (isSid(text, ...prefixes)) {
      return text;
    }
    context.addIssue({ code: 'custom', message: text === '' ? MISSING : describeWrongSid(text, ...prefixes) });
    return z.NEVER;
  });
}

/** A text that has to be there and have content. */
export const neededText = z.string(MISSING).min(1, MISSING);

/** A count or code, written as a whole number. */
export const integerField = z
  .string()
  .regex(/^\d{1,9}$/)
  .transform(Number);

/** A time that Twilio wrote in ISO 8601 or RFC 2822, as ISO 8601 in UTC with milliseconds, so that times sort as text. */
export const timeField = z.string().transform((text, context) => {
  // Twilio's times are in UTC; without a zone JavaScript would take them for local time.
  const hasNoZone = /^\d{4}-\d{2}-\d{2}T[\d:.]+$/.test(text);
  const time = new Date(hasNoZone ? `${text}Z` : text);
  if (Number.isNaN(time.getTime())) {
    context.addIssue({ code: 'custom', message: 'is no time' });
    return z.NEVER;
  }
  return time.toISOString();
});

/** The problems of a failed check, one per field. */
export function problemsOf(error: z.ZodError): readonly string[] {
  return error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}`);
}

type Shape = Readonly<Record<string, z.ZodType>>;

/** What could be read of fields that may be absent, and the names of those that were there and could not be read. */
export interface OptionalFields<S extends Shape> {
  readonly values: { readonly [Name in keyof S]?: z.output<S[Name]> };
  readonly unread: ReadonlySet<string>;
}

/** Reads fields that nothing depends on: one that is absent, empty or not as expected is no reason to lose the rest. */
export function readOptional<S extends Shape>(shape: S, fields: Readonly<Record<string, string>>): OptionalFields<S> {
  const values: Record<string, unknown> = {};
  const unread = new Set<string>();
  for (const [name, schema] of Object.entries(shape)) {
    const text = fields[name];
    if (text === undefined || text === '') {
      continue;
    }
    const result = schema.safeParse(text);
    if (result.success) {
      values[name] = result.data;
    } else {
      unread.add(name);
    }
  }
  return { values: values as OptionalFields<S>['values'], unread };
}
