import { z } from 'zod';
import { durationMs } from '../domain/duration';
import { isTimeZone } from '../domain/quiet-hours-zones';
import { type RequestTimes } from '../domain/request-times';
import { durationField } from './duration-field';
import { expectation } from './expectation';
import { type Breach, type Fields, strictObject } from './strict-object';
import { textField } from './text-field';

const LONGEST_REASON = 200;
const EXAMPLE = '"2026-01-31T08:00:00+01:00"';

const moment = z.iso.datetime({ offset: true });

/** A moment with its offset from UTC, as ISO 8601 writes it. It stays as it was written. */
function momentField(what: string): z.ZodString {
  return z
    .string({ error: expectation(`${what}, such as ${EXAMPLE}`) })
    .refine((text) => moment.safeParse(text).success, {
      error: `is not a moment: write ISO 8601 with an offset from UTC, such as ${EXAMPLE}`,
    });
}

const ignoreQuietHoursField = strictObject('an object such as {"reason": "the guest has asked for it"}', {
  reason: textField('why it cannot wait', LONGEST_REASON).refine((text) => text.trim() !== '', {
    error: 'is empty: say why it cannot wait',
  }),
});

/** When a message may be sent, and until when it is worth anything. */
export const timeFields = {
  timeZone: z
    .string({ error: expectation('the time zone of the recipient, such as "Europe/Berlin"') })
    .refine(isTimeZone, {
      error: 'is not a time zone: give its IANA name, such as "Europe/Berlin" or "America/New_York"',
    })
    .optional(),
  sendAt: momentField('when to send it').optional(),
  expiresAt: momentField('when it is worth nothing any more').optional(),
  timeToLive: durationField().optional(),
  ignoreQuietHours: ignoreQuietHoursField.optional(),
};

/** Times that contradict each other. */
export function timeBreaches({ expiresAt, sendAt, timeToLive }: Fields): Breach[] {
  if (expiresAt !== undefined && timeToLive !== undefined) {
    return [{ path: ['timeToLive'], message: 'cannot go with expiresAt: give one of the two' }];
  }
  const [sendMs, expiryMs] = [momentMs(sendAt), momentMs(expiresAt)];
  return sendMs !== undefined && expiryMs !== undefined && expiryMs <= sendMs
    ? [{ path: ['expiresAt'], message: 'is not after sendAt: give a later one' }]
    : [];
}

interface TimesInput {
  readonly timeZone?: string | undefined;
  readonly sendAt?: string | undefined;
  readonly expiresAt?: string | undefined;
  readonly timeToLive?: string | undefined;
  readonly ignoreQuietHours?: { readonly reason: string } | undefined;
}

/** The times of a valid request in the form of the domain. A time to live counts from `sendAt`, or from now. */
export function toRequestTimes(fields: TimesInput, now: Date): RequestTimes {
  const { ignoreQuietHours, sendAt, timeZone } = fields;
  const expiryMs = expiryOf(fields, now);
  return {
    ...(timeZone === undefined ? {} : { timeZone }),
    ...(sendAt === undefined ? {} : { sendAt: new Date(sendAt).toISOString() }),
    ...(expiryMs === undefined ? {} : { expiresAt: new Date(expiryMs).toISOString() }),
    ...(ignoreQuietHours === undefined ? {} : { ignoreQuietHours }),
  };
}

function expiryOf({ expiresAt, sendAt, timeToLive }: TimesInput, now: Date): number | undefined {
  return timeToLive === undefined ? momentMs(expiresAt) : (momentMs(sendAt) ?? now.getTime()) + durationMs(timeToLive);
}

function momentMs(text: unknown): number | undefined {
  const parsed = moment.safeParse(text);
  return parsed.success ? Date.parse(parsed.data) : undefined;
}
