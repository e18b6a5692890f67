import { z } from 'zod';
import { parseDurationMs } from '../domain/duration';
import { describeStray, describeWrongSid, isSid, type Sid } from '../domain/sid';
import { type SidPrefix } from '../domain/sid-kinds';

/** Text that has to be there. */
export function required(remedy: string): z.ZodString {
  return z.string({ error: `is missing: ${remedy}` });
}

/** Gives the value that `read` finds in a text, or the problem that it throws. */
export function readBy<T>(read: (text: string) => T): (text: string, context: z.RefinementCtx) => T {
  return (text, context) => {
    try {
      return read(text);
    } catch (error) {
      context.addIssue({ code: 'custom', message: error instanceof Error ? error.message : String(error) });
      return z.NEVER;
    }
  };
}

/** Reads a comma-separated list; the message of a bad entry tells which one it is, not what it says. */
export function listOf<T>(readEntry: (entry: string) => T): (text: string) => readonly T[] {
  return (text) => {
    const entries = text.split(',').map((entry) => entry.trim());
    return entries.map((entry, index) => {
      try {
        return readEntry(entry);
      } catch (error) {
        const problem = error instanceof Error ? error.message : String(error);
        throw new Error(entries.length === 1 ? problem : `entry ${index + 1} ${problem}`, { cause: error });
      }
    });
  };
}

/** Reads a duration such as `30s` as milliseconds, `leastMs` or more. */
export function durationOf(leastMs: number): (text: string) => number {
  return (text) => {
    const milliseconds = parseDurationMs(text);
    if (milliseconds === undefined || milliseconds < leastMs) {
      throw new Error(`is not a duration of ${leastMs} ms or more: write a number and a unit, such as 30s, 2m or 1h`);
    }
    return milliseconds;
  };
}

/** Reads a Twilio identifier of one kind. */
export function sidOf<Prefix extends SidPrefix>(prefix: Prefix): (text: string) => Sid<Prefix> {
  return (text) => {
    if (!isSid(text, prefix)) {
      throw new Error(describeWrongSid(text, prefix));
    }
    return text;
  };
}

/** Reads an http or https address without query and fragment; a slash at the end is dropped. */
export function baseUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isUsable = url !== undefined && /^https?:$/.test(url.protocol) && url.search === '' && url.hash === '';
  if (!isUsable || url.username !== '' || url.password !== '') {
    throw new Error(
      'is not a base URL: write http or https, host and, if need be, port and path, such as https://posthorn.example.com',
    );
  }
  return url.href.replace(/\/+$/, '');
}

/** Reads a text without blanks that is kept secret: no message repeats it. An identifier is no secret, and stands in the wrong place. */
export function secret(text: string): string {
  const stray = describeStray(text, 'a secret is expected, as Twilio shows it beside the SID');
  if (stray !== undefined) {
    throw new Error(stray);
  }
  if (text === '' || /\s/.test(text)) {
    throw new Error('is empty or has blanks in it: copy the secret as it is, without quotes');
  }
  return text;
}
