import fc from 'fast-check';
import { getCountries } from 'libphonenumber-js/max';
import { DateTime, IANAZone } from 'luxon';
import { CATEGORIES } from '../../src/domain/category';
import { allowedAt, commonOpening, windowFor } from '../../src/domain/quiet-hours';
import { MEDIA, QUIET_HOURS, type QuietHoursRow } from '../../src/domain/quiet-hours-table';
import { isWithin, type SendWindow, WEEKDAYS } from '../../src/domain/quiet-hours-window';
import { isTimeZone, possibleZones, zonesOfCountry } from '../../src/domain/quiet-hours-zones';

const DAYTIME: SendWindow = { from: '08:00', to: '21:00' };
const ACROSS_MIDNIGHT: SendWindow = { from: '20:00', to: '02:00' };
const NIGHTLY: SendWindow = { from: '02:30', to: '05:00' };
const EARLY: SendWindow = { from: '01:30', to: '01:45' };
const WEEKDAYS_ONLY: SendWindow = { from: '08:00', to: '20:00', days: ['mon', 'tue', 'wed', 'thu', 'fri'] };

const NOW = 'now';

describe('allowedAt, in one zone', () => {
  it.each<[string, string, SendWindow, string, string]>([
    ['in the middle of the day', 'Europe/Berlin', DAYTIME, '2026-11-20T12:00:00+01:00', NOW],
    ['the first moment', 'Europe/Berlin', DAYTIME, '2026-11-20T08:00:00+01:00', NOW],
    ['just before it', 'Europe/Berlin', DAYTIME, '2026-11-20T07:59:59.999+01:00', '2026-11-20T08:00:00+01:00'],
    ['the last moment', 'Europe/Berlin', DAYTIME, '2026-11-20T20:59:59.999+01:00', NOW],
    ['just after it', 'Europe/Berlin', DAYTIME, '2026-11-20T21:00:00+01:00', '2026-11-21T08:00:00+01:00'],
    ['at midnight', 'Europe/Berlin', DAYTIME, '2026-11-21T00:00:00+01:00', '2026-11-21T08:00:00+01:00'],
    ['the last night of a year', 'Europe/Berlin', DAYTIME, '2026-12-31T23:30:00+01:00', '2027-01-01T08:00:00+01:00'],
    ['over midnight, before it', 'Europe/Berlin', ACROSS_MIDNIGHT, '2026-11-20T23:59:00+01:00', NOW],
    ['over midnight, after it', 'Europe/Berlin', ACROSS_MIDNIGHT, '2026-11-21T01:59:00+01:00', NOW],
    [
      'over midnight, at its end',
      'Europe/Berlin',
      ACROSS_MIDNIGHT,
      '2026-11-21T02:00:00+01:00',
      '2026-11-21T20:00:00+01:00',
    ],
    ['half an hour off', 'Asia/Kolkata', DAYTIME, '2026-11-20T02:29:00Z', '2026-11-20T02:30:00Z'],
    ['three quarters off', 'Asia/Kathmandu', DAYTIME, '2026-11-20T02:14:59Z', '2026-11-20T02:15:00Z'],
    ['+14, where it is tomorrow', 'Pacific/Kiritimati', DAYTIME, '2026-11-20T08:00:00Z', '2026-11-20T18:00:00Z'],
    ['−11, where it is yesterday', 'Pacific/Pago_Pago', DAYTIME, '2026-11-20T08:00:00Z', '2026-11-20T19:00:00Z'],
    [
      'clocks go forward in the night',
      'Europe/Berlin',
      DAYTIME,
      '2026-03-28T22:00:00+01:00',
      '2026-03-29T08:00:00+02:00',
    ],
    ['clocks go back in the night', 'Europe/Berlin', DAYTIME, '2026-10-24T22:00:00+02:00', '2026-10-25T08:00:00+01:00'],
    ['forward, in America', 'America/New_York', DAYTIME, '2026-03-08T01:00:00-05:00', '2026-03-08T08:00:00-04:00'],
    ['back, in America', 'America/New_York', DAYTIME, '2026-11-01T01:00:00-04:00', '2026-11-01T08:00:00-05:00'],
    [
      'opens in the hour that is skipped',
      'Europe/Berlin',
      NIGHTLY,
      '2026-03-29T01:00:00+01:00',
      '2026-03-29T03:00:00+02:00',
    ],
    [
      'opens in the hour that is repeated',
      'Europe/Berlin',
      EARLY,
      '2026-10-25T00:00:00+02:00',
      '2026-10-25T01:30:00+02:00',
    ],
    ['opens again in it', 'America/New_York', EARLY, '2026-11-01T01:45:00-04:00', '2026-11-01T01:30:00-05:00'],
    [
      'half an hour of change',
      'Australia/Lord_Howe',
      NIGHTLY,
      '2026-10-04T01:00:00+10:30',
      '2026-10-04T02:30:00+11:00',
    ],
    [
      'clocks change at midnight',
      'America/Santiago',
      { from: '00:00', to: '06:00' },
      '2026-09-05T23:00:00-04:00',
      '2026-09-06T01:00:00-03:00',
    ],
    ['a Friday night', 'Europe/Paris', WEEKDAYS_ONLY, '2026-11-20T20:00:00+01:00', '2026-11-23T08:00:00+01:00'],
    ['a Sunday', 'Europe/Paris', WEEKDAYS_ONLY, '2026-11-22T12:00:00+01:00', '2026-11-23T08:00:00+01:00'],
  ])('%s (%s)', (_case, zone, window, at, expected) => {
    const allowance = allowedAt(new Date(at), { zones: [zone], basis: 'given' }, window);
    const until = allowance.kind === 'held' ? Date.parse(allowance.until) : NOW;
    expect(until).toBe(expected === NOW ? NOW : Date.parse(expected));
  });
});

describe('allowedAt, for a number', () => {
  it.each([
    ['waits for the west in the morning', '+12025550123', '2026-11-20T13:30:00Z', '2026-11-20T18:00:00.000Z'],
    [
      'has ended in the east when it is afternoon in the west',
      '+12025550123',
      '2026-11-21T02:00:00Z',
      '2026-11-21T18:00:00.000Z',
    ],
    ['ten hours from end to end', '+79161234567', '2026-11-20T09:30:00Z', '2026-11-21T06:00:00.000Z'],
    ['one zone', '+442079460123', '2026-11-20T21:30:00Z', '2026-11-21T08:00:00.000Z'],
    ['no country', '+881612345678', '2026-11-20T21:30:00Z', '2026-11-21T08:00:00.000Z'],
    [
      'a country that the time zone database does not have',
      '+38343201234',
      '2026-11-20T21:30:00Z',
      '2026-11-21T07:00:00.000Z',
    ],
  ])('%s', (_case, e164, at, until) => {
    expect(allowedAt(new Date(at), possibleZones(e164), DAYTIME)).toMatchObject({ kind: 'held', until });
  });

  it('goes by the zone of the request alone when there is one', () => {
    const where = possibleZones('+12025550123', 'America/New_York');
    expect(allowedAt(new Date('2026-11-20T13:30:00Z'), where, DAYTIME)).toEqual({ kind: 'now' });
  });

  it.each([
    [
      '+12025550123',
      undefined,
      'allowed from 08:00 to 21:00 at the recipient, who may be anywhere from America/Adak (Thu 18:30) to America/New_York (Thu 23:30): the number says no more than US',
    ],
    [
      '+12025550123',
      'America/Denver',
      'allowed from 08:00 to 21:00 at the recipient, who is in America/Denver (Thu 21:30), as the request says',
    ],
    [
      '+4915112345678',
      undefined,
      'allowed from 08:00 to 21:00 at the recipient, whose number is of DE: Europe/Berlin (Fri 05:30)',
    ],
    [
      '+881612345678',
      undefined,
      'allowed from 08:00 to 21:00 at the recipient, whose number belongs to no country, so it goes by UTC (Fri 04:30)',
    ],
  ])('says why: %s in %s', (e164, zone, because) => {
    const allowance = allowedAt(new Date('2026-11-20T04:30:00Z'), possibleZones(e164, zone), DAYTIME);
    expect(allowance).toMatchObject({ kind: 'held', because });
  });

  it('says so when no hour will ever do', () => {
    const narrow = { from: '12:00', to: '16:00' };
    expect(() => allowedAt(new Date('2026-11-20T04:30:00Z'), possibleZones('+12025550123'), narrow)).toThrow(
      'no hour is from 12:00 to 16:00 in all time zones of the recipient: widen the window in POSTHORN_QUIET_HOURS or give timeZone',
    );
  });
});

describe('any moment, zones and window', () => {
  const QUARTER_MS = 15 * 60_000;
  const HALF_YEAR_MS = 183 * 86_400_000;
  const timeOfDay = fc
    .integer({ min: 0, max: 95 })
    .map(
      (quarter) => `${String(Math.floor(quarter / 4)).padStart(2, '0')}:${String((quarter % 4) * 15).padStart(2, '0')}`,
    );
  const zone = fc.constantFrom(
    ...[
      'Europe/Berlin',
      'America/New_York',
      'America/St_Johns',
      'Pacific/Kiritimati',
      'Pacific/Pago_Pago',
      'Asia/Kathmandu',
    ],
    ...['Australia/Lord_Howe', 'America/Santiago', 'Pacific/Chatham', 'Africa/Casablanca', 'Africa/Cairo', 'UTC'],
  );
  const window = fc.record({ from: timeOfDay, to: timeOfDay }).filter(({ from, to }) => from !== to);
  // Half of the moments are within two days of a change of some clock.
  const change = fc.constantFrom(
    '2026-03-08',
    '2026-03-29',
    '2026-04-05',
    '2026-09-06',
    '2026-10-04',
    '2026-10-25',
    '2026-11-01',
  );
  const moment = fc.oneof(
    fc.integer({ min: Date.UTC(2026, 0, 1), max: Date.UTC(2026, 0, 1) + 2 * HALF_YEAR_MS }),
    fc
      .tuple(change, fc.integer({ min: -48 * 4, max: 24 * 4 }))
      .map(([day, quarters]) => Date.parse(day) + quarters * QUARTER_MS),
  );
  const isOpen = (atMs: number, zones: readonly string[], open: SendWindow): boolean =>
    zones.every((name) => {
      const { hour, minute, weekday } = DateTime.fromMillis(atMs, { zone: name });
      return isWithin(open, { minuteOfDay: hour * 60 + minute, weekday: WEEKDAYS[weekday - 1] ?? 'mon' });
    });

  it('gives the first moment that is allowed in all zones', () => {
    fc.assert(
      fc.property(moment, fc.uniqueArray(zone, { minLength: 1, maxLength: 3 }), window, (atMs, zones, open) => {
        const found = commonOpening(atMs, zones, open);
        const searchedUntil = found ?? atMs + 2 * 86_400_000;
        if (found !== undefined) {
          expect(isOpen(found, zones, open)).toBe(true);
        }
        // Windows and changes of clocks are at quarters of an hour, so between two of them nothing changes.
        const quarters = [atMs];
        for (let at = Math.ceil(atMs / QUARTER_MS) * QUARTER_MS; at < searchedUntil; at += QUARTER_MS) {
          quarters.push(at);
        }
        expect(quarters.filter((at) => at < searchedUntil && isOpen(at, zones, open))).toEqual([]);
      }),
      { numRuns: 150 },
    );
  });
});

describe('the table', () => {
  it.each(CATEGORIES.flatMap((category) => MEDIA.map((medium) => ({ category, medium }))))(
    'has an hour for $category by $medium in every country, winter and summer',
    ({ category, medium }) => {
      for (const country of getCountries()) {
        const window = windowFor([], { country, medium, category });
        const zones = zonesOfCountry(country);
        expect(zones.length).toBeGreaterThan(0);
        for (const atMs of [Date.UTC(2026, 0, 15), Date.UTC(2026, 6, 15)]) {
          expect(window === null ? atMs : commonOpening(atMs, zones, window)).toBeGreaterThanOrEqual(atMs);
        }
      }
    },
  );

  it('never holds what is urgent, and is stricter with calls than with texts', () => {
    for (const { country, windows } of QUIET_HOURS) {
      expect({ country, urgent: [windows.security ?? null, windows.alert ?? null] }).toEqual({
        country,
        urgent: [null, null],
      });
    }
    const lengthOf = (window: SendWindow | null): number =>
      window === null ? 24 : Number(window.to.slice(0, 2)) - Number(window.from.slice(0, 2));
    for (const { country } of QUIET_HOURS) {
      for (const category of CATEGORIES) {
        const [text, voice] = MEDIA.map((medium) => lengthOf(windowFor([], { country, medium, category })));
        expect(voice).toBeLessThanOrEqual(text ?? 0);
      }
    }
  });

  const narrower: QuietHoursRow = { country: 'US', medium: 'text', windows: { marketing: DAYTIME }, source: 'test' };
  const everywhere: QuietHoursRow = {
    country: '*',
    medium: 'text',
    windows: { marketing: EARLY, alert: NIGHTLY },
    source: 'test',
  };

  it.each([
    ['the configuration, for its country', [narrower, everywhere], 'US', 'marketing', DAYTIME],
    ['the table, for a country that only it knows', [everywhere], 'US', 'marketing', { from: '08:00', to: '21:00' }],
    ['the configuration, for all other countries', [everywhere], 'DE', 'marketing', EARLY],
    [
      'the configuration, for all, where the table says nothing of the country',
      [narrower, everywhere],
      'US',
      'alert',
      NIGHTLY,
    ],
    ['the table, where nobody says more', [narrower], 'DE', 'marketing', { from: '08:00', to: '20:00' }],
    ['the table, without a country', [narrower], undefined, 'marketing', { from: '08:00', to: '20:00' }],
    ['nobody: what is not held', [narrower], 'US', 'security', null],
  ] as const)('is asked after %s', (_who, configured, country, category, expected) => {
    expect(windowFor(configured, { country, medium: 'text', category })).toEqual(expected);
  });
});

describe('isTimeZone', () => {
  it.each([
    ['Europe/Berlin', true],
    ['America/Argentina/Buenos_Aires', true],
    ['UTC', true],
    ['Europe/Berlim', false],
    ['+02:00', false],
    ['', false],
  ])('%p: %p', (name, is) => {
    expect(isTimeZone(name)).toBe(is);
  });

  it('knows every zone of every country', () => {
    const zones = getCountries().flatMap((country) => zonesOfCountry(country));
    expect(zones.filter((zone) => !isTimeZone(zone) || !IANAZone.create(zone).isValid)).toEqual([]);
  });
});
