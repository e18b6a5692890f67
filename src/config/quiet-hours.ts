import { getCountries } from 'libphonenumber-js/max';
import { z } from 'zod';
import { CATEGORIES, type Category } from '../domain/category';
import { commonOpening } from '../domain/quiet-hours';
import { type CategoryWindows, EVERYWHERE, MEDIA, type Medium, type QuietHoursRow } from '../domain/quiet-hours-table';
import { describeWindow, parseTimeOfDay, type SendWindow, WEEKDAYS } from '../domain/quiet-hours-window';
import { zonesOfCountry } from '../domain/quiet-hours-zones';
import { expectation, expectOneOf } from '../request/expectation';
import { problemsOf } from '../request/problem';
import { strictObject, withRule } from '../request/strict-object';

const EXAMPLE = '{"US": {"text": {"marketing": {"from": "09:00", "to": "20:00"}}}}';

const timeField = z
  .string({ error: expectation('a time of day such as "08:00"') })
  .refine((text) => parseTimeOfDay(text) !== undefined, {
    error: 'is not a time of day: write hours and minutes, such as "08:00" or "21:30"',
  });

const windowSchema = withRule(
  strictObject('a window such as {"from": "08:00", "to": "20:00"}, or null for any time', {
    from: timeField,
    to: timeField,
    days: z
      .array(z.enum(WEEKDAYS, { error: expectOneOf(WEEKDAYS) }), {
        error: expectation('a list such as ["mon", "tue"]'),
      })
      .min(1, { error: 'is empty: name a day, or leave it out for all' })
      .optional(),
  }),
  ({ from, to }) =>
    from !== undefined && from === to
      ? [{ path: ['to'], message: 'is the same as from: give null in place of the window to send at any time' }]
      : [],
);

const cell = windowSchema.nullable().optional();
const categoriesSchema = strictObject('an object such as {"marketing": {"from": "08:00", "to": "20:00"}}', {
  security: cell,
  alert: cell,
  notification: cell,
  marketing: cell,
} satisfies Record<Category, unknown>);

const mediaSchema = strictObject('an object such as {"text": {…}, "voice": {…}}', {
  text: categoriesSchema.optional(),
  voice: categoriesSchema.optional(),
} satisfies Record<Medium, unknown>);

const schema = withRule(
  z.record(z.string(), mediaSchema, { error: expectation(`an object such as ${EXAMPLE}`) }),
  (countries) =>
    Object.keys(countries)
      .filter((country) => country !== EVERYWHERE && zonesOfCountry(country).length === 0)
      .map((country) => ({
        path: [country],
        message: 'is not a country: write two capital letters as ISO 3166-1 has them, such as US, or * for all others',
      })),
);

/** Midwinter and midsummer: between them the zones of a country stand as far apart as they ever do. */
const CHECKED_AT_MS = [Date.UTC(2026, 0, 15), Date.UTC(2026, 6, 15)];

/**
 * Reads POSTHORN_QUIET_HOURS: windows by country, medium and category, in JSON.
 * @throws Error that names every field at fault, and every window that no hour is inside of in all time zones of its country.
 */
export function readQuietHours(text: string): readonly QuietHoursRow[] {
  const parsed = schema.safeParse(parseJson(text));
  if (!parsed.success) {
    throw new Error(
      `is wrong: ${problemsOf(parsed.error, 'the object')
        .map(({ message }) => message)
        .join('; ')}`,
    );
  }
  const rows = Object.entries(parsed.data).flatMap(([country, media]) =>
    MEDIA.map((medium) => ({ country, medium, windows: toWindows(media[medium]), source: 'POSTHORN_QUIET_HOURS' })),
  );
  const problems = rows.flatMap(neverOpen);
  if (problems.length > 0) {
    throw new Error(problems.join('; '));
  }
  return rows;
}

function toWindows(cells: z.output<typeof categoriesSchema> = {}): CategoryWindows {
  return Object.fromEntries(
    CATEGORIES.flatMap((category) => {
      const window = cells[category];
      return window === undefined ? [] : [[category, window === null ? null : toWindow(window)]];
    }),
  );
}

function toWindow({ days, from, to }: z.output<typeof windowSchema>): SendWindow {
  return { from, to, ...(days === undefined ? {} : { days }) };
}

/** What is wrong with the windows of a row: in no hour may anything be sent to a number that says no more than its country. */
function neverOpen({ country, medium, windows }: QuietHoursRow): string[] {
  const countries = country === EVERYWHERE ? getCountries() : [country];
  return Object.entries(windows).flatMap(([category, window]) => {
    const closed = window === null ? undefined : countries.find((each) => isNeverOpen(zonesOfCountry(each), window));
    return window === null || closed === undefined
      ? []
      : [
          `${country}.${medium}.${category} is too narrow: no hour is ${describeWindow(window)} in all time zones of ${closed}; widen it`,
        ];
  });
}

function isNeverOpen(zones: readonly string[], window: SendWindow): boolean {
  return CHECKED_AT_MS.some((atMs) => commonOpening(atMs, zones, window) === undefined);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Error(`is not JSON: write an object such as ${EXAMPLE}`, { cause: error });
  }
}
