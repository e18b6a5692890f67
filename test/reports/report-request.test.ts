import fc from 'fast-check';
import { type ReportInput, readReportRequest } from '../../src/reports/report-request';
import { daysOf, lengthInDays, windowBefore } from '../../src/reports/report-window';

const NOW = new Date('2026-11-20T17:30:00.000Z');

function windowOf(input: Partial<ReportInput>) {
  const read = readReportRequest({ timeZone: 'UTC', ...input }, NOW);
  if (!read.ok) {
    throw new Error(read.problems.map(({ message }) => message).join('; '));
  }
  return read.request.window;
}

const utc = ({ since, until }: ReturnType<typeof windowOf>) => [since, until].map((time) => time.toUTC().toISO());

test.each<[string, Partial<ReportInput>, string, string]>([
  ['nothing is the last seven days with today', {}, '2026-11-14T00:00:00.000Z', '2026-11-20T17:30:00.000Z'],
  ['1d is today', { since: '1d' }, '2026-11-20T00:00:00.000Z', '2026-11-20T17:30:00.000Z'],
  ['days are those of the zone', { timeZone: 'Europe/Berlin' }, '2026-11-13T23:00:00.000Z', '2026-11-20T17:30:00.000Z'],
  [
    'hours are hours',
    { since: '24h', timeZone: 'Asia/Kolkata' },
    '2026-11-19T17:30:00.000Z',
    '2026-11-20T17:30:00.000Z',
  ],
  [
    'a day is its midnight in the zone',
    { since: '2026-11-01', until: '2026-11-08', timeZone: 'America/New_York' },
    '2026-11-01T04:00:00.000Z',
    '2026-11-08T05:00:00.000Z',
  ],
  [
    'days up to a midnight are those before it',
    { since: '7d', until: '2026-11-08' },
    '2026-11-01T00:00:00.000Z',
    '2026-11-08T00:00:00.000Z',
  ],
  [
    'a moment has an offset of its own',
    { since: '2026-11-19T08:00:00+01:00', until: '2026-11-19T09:00:00Z', timeZone: 'Asia/Tokyo' },
    '2026-11-19T07:00:00.000Z',
    '2026-11-19T09:00:00.000Z',
  ],
  [
    'a plus that became a blank is one',
    { since: '2026-11-19T08:00:00 01:00' },
    '2026-11-19T07:00:00.000Z',
    '2026-11-20T17:30:00.000Z',
  ],
  ['92 days are allowed', { since: '2026-08-20T17:30:00Z' }, '2026-08-20T17:30:00.000Z', '2026-11-20T17:30:00.000Z'],
])('window: %s', (_what, input, since, until) => {
  expect(utc(windowOf(input))).toEqual([since, until]);
});

test.each<[Partial<ReportInput>, string]>([
  [{ since: 'yesterday' }, 'since is not a time: give days such as 7d, hours such as 24h, a day such as'],
  [{ since: '0d' }, 'since is not a time'],
  [{ since: '2026-02-30' }, 'since is not a time'],
  [{ since: '2026-11-19T08:00:00' }, 'since is not a time'],
  [{ until: '7d' }, 'until is not a time: give a day such as 2026-01-31'],
  [{ since: '2026-11-21' }, 'since is not before the present moment, as no until is given: give an earlier since'],
  [{ since: '2026-11-19', until: '2026-11-19' }, 'since is not before until: give an earlier since, or a later until'],
  [{ since: '92d' }, ''],
  [{ since: '93d' }, 'since is more than 92 days before the end: give a later since, or an earlier until'],
  [{ since: '2026-08-20T17:29:59Z' }, 'since is more than 92 days before the end'],
  [{ since: '99999d' }, 'since is more than 92 days before the end'],
  [{ timeZone: 'Mars/Base' }, 'timeZone is not a time zone: give its IANA name, such as Europe/Berlin'],
  [{ timeZone: '+02:00' }, 'timeZone is not a time zone'],
  [
    { groupBy: 'errorCode,phone' },
    'groupBy has a name that is not known: give one or more of errorCode, errorClass, outcome, channel, sender, country, category, day,',
  ],
  [{ groupBy: '' }, 'groupBy has a name that is not known'],
  [{ groupBy: 'constructor' }, 'groupBy has a name that is not known'],
  [{ groupBy: 'code,errorCode' }, 'groupBy has a name twice: give each once'],
])('%j: %s', (input, message) => {
  const read = readReportRequest({ timeZone: 'UTC', ...input }, NOW);
  const messages = read.ok ? [''] : read.problems.map((problem) => problem.message);
  expect(messages).toEqual([message === '' ? '' : expect.stringMatching(`^${message.replace('+', '\\+')}`)]);
});

test('all problems are told at once', () => {
  const read = readReportRequest({ timeZone: 'UTC', since: 'x', groupBy: 'y' }, NOW);
  expect(read).toMatchObject({ ok: false, problems: [{ field: 'since' }, { field: 'groupBy' }] });
});

test('short names and blanks are understood', () => {
  const read = readReportRequest({ timeZone: 'UTC', groupBy: 'code, class ,channel' }, NOW);
  expect(read).toMatchObject({ ok: true, request: { groupBy: ['errorCode', 'errorClass', 'channel'] } });
});

test('over a change of the clocks a week has seven days, and the week before has the same hours', () => {
  const window = windowOf({ since: '7d', until: '2026-10-28T12:00:00+01:00', timeZone: 'Europe/Berlin' });
  expect(lengthInDays(window)).toBe(7);
  expect(daysOf(window)).toEqual([
    '2026-10-22',
    '2026-10-23',
    '2026-10-24',
    '2026-10-25',
    '2026-10-26',
    '2026-10-27',
    '2026-10-28',
  ]);
  expect(utc(windowBefore(window))).toEqual(['2026-10-14T22:00:00.000Z', '2026-10-21T10:00:00.000Z']);
});

test('the time before ends where the window begins or earlier, and the days of a window cover it', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 2200 }),
      fc.constantFrom('UTC', 'Europe/Berlin', 'Pacific/Kiritimati', 'America/St_Johns'),
      (hours, timeZone) => {
        const window = windowOf({ since: `${hours}h`, timeZone });
        const days = daysOf(window);
        expect(windowBefore(window).until.toMillis()).toBeLessThanOrEqual(window.since.toMillis());
        expect([days.at(0), days.at(-1)]).toEqual([
          window.since.toISODate(),
          window.until.minus({ milliseconds: 1 }).toISODate(),
        ]);
        expect(new Set(days).size).toBe(days.length);
      },
    ),
  );
});
