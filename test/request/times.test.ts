import { parseSendRequest } from '../../src/request/parse-send-request';
import { untimely } from '../../src/request/untimely';

const NOW = new Date('2026-11-20T12:00:00Z');
const base = { to: '+12025550101', body: 'Hello' };

describe('the times of a request', () => {
  it.each([
    [{ timeZone: 'Europe/Berlin' }, { timeZone: 'Europe/Berlin' }],
    [{ sendAt: '2026-11-21T08:00:00+01:00' }, { sendAt: '2026-11-21T07:00:00.000Z' }],
    [{ expiresAt: '2026-11-21T08:00:00Z' }, { expiresAt: '2026-11-21T08:00:00.000Z' }],
    [{ timeToLive: '10m' }, { expiresAt: '2026-11-20T12:10:00.000Z' }],
    [
      { sendAt: '2026-11-21T08:00:00Z', timeToLive: '1h' },
      { sendAt: '2026-11-21T08:00:00.000Z', expiresAt: '2026-11-21T09:00:00.000Z' },
    ],
    [{ ignoreQuietHours: { reason: 'asked for' } }, { ignoreQuietHours: { reason: 'asked for' } }],
  ])('%j is read as %j', (fields, expected) => {
    const parsed = parseSendRequest({ ...base, ...fields }, { now: NOW });
    expect(parsed).toMatchObject({ ok: true, request: expected });
  });

  it.each([
    [
      { timeZone: 'Berlin' },
      'timeZone is not a time zone: give its IANA name, such as "Europe/Berlin" or "America/New_York"',
    ],
    [
      { timeZone: '+02:00' },
      'timeZone is not a time zone: give its IANA name, such as "Europe/Berlin" or "America/New_York"',
    ],
    [{ timeZone: 2 }, 'timeZone is a number: give the time zone of the recipient, such as "Europe/Berlin"'],
    [
      { sendAt: '2026-11-21T08:00:00' },
      'sendAt is not a moment: write ISO 8601 with an offset from UTC, such as "2026-01-31T08:00:00+01:00"',
    ],
    [
      { sendAt: 'tomorrow' },
      'sendAt is not a moment: write ISO 8601 with an offset from UTC, such as "2026-01-31T08:00:00+01:00"',
    ],
    [
      { sendAt: '2026-02-30T08:00:00Z' },
      'sendAt is not a moment: write ISO 8601 with an offset from UTC, such as "2026-01-31T08:00:00+01:00"',
    ],
    [
      { expiresAt: 5 },
      'expiresAt is a number: give when it is worth nothing any more, such as "2026-01-31T08:00:00+01:00"',
    ],
    [
      { timeToLive: '10' },
      'timeToLive is not a duration: write a number above zero and a unit, such as "500ms", "30s", "10m", "24h" or "7 days"',
    ],
    [{ timeToLive: '31 days' }, 'timeToLive is longer than 30 days: give at most "30 days"'],
    [
      { timeToLive: '1h', expiresAt: '2026-11-21T08:00:00Z' },
      'timeToLive cannot go with expiresAt: give one of the two',
    ],
    [
      { sendAt: '2026-11-21T08:00:00Z', expiresAt: '2026-11-21T09:00:00+01:00' },
      'expiresAt is not after sendAt: give a later one',
    ],
    [
      { ignoreQuietHours: true },
      'ignoreQuietHours is true or false: give an object such as {"reason": "the guest has asked for it"}',
    ],
    [{ ignoreQuietHours: {} }, 'ignoreQuietHours.reason is missing: give why it cannot wait'],
    [{ ignoreQuietHours: { reason: ' ' } }, 'ignoreQuietHours.reason is empty: say why it cannot wait'],
  ])('%j is refused', (fields, message) => {
    expect(parseSendRequest({ ...base, ...fields }, { now: NOW })).toMatchObject({
      ok: false,
      problems: [{ message }],
    });
  });
});

describe('a request that comes for the first time', () => {
  it.each([
    [{}, []],
    [{ sendAt: '2026-11-20T11:55:00Z' }, []],
    [{ sendAt: '2026-11-20T11:54:59Z' }, ['sendAt is in the past: leave it out to send now']],
    [{ sendAt: '2027-11-21T12:00:00Z' }, []],
    [{ sendAt: '2027-11-21T12:00:01Z' }, ['sendAt is too far ahead: give a moment within 366 days']],
    [{ expiresAt: '2026-11-20T12:00:01Z' }, []],
    [{ expiresAt: '2026-11-20T12:00:00Z' }, ['expiresAt is over already: give a later moment, or leave it out']],
    [
      { expiresAt: '2026-12-20T12:00:01Z' },
      ['expiresAt is too late: give a moment within 30 days after the message may be sent'],
    ],
    [{ sendAt: '2026-12-01T12:00:00Z', expiresAt: '2026-12-31T12:00:00Z' }, []],
    [
      { sendAt: '2026-11-01T12:00:00Z', expiresAt: '2026-11-02T12:00:00Z' },
      [
        'sendAt is in the past: leave it out to send now',
        'expiresAt is over already: give a later moment, or leave it out',
      ],
    ],
  ])('%j: %j', (times, messages) => {
    expect(untimely(times, NOW).map(({ message }) => message)).toEqual(messages);
  });
});
