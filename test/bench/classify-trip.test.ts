import { causeOfTrip, labelOfTrip } from '../../bench/cost/classify-trip';

describe('causeOfTrip', () => {
  it.each([
    [
      'with due as (select 1 from delivery_events for update of delivery_events skip locked) update delivery_events',
      'clock',
    ],
    ['select version();', 'connection'],
    ['with stored as (update attempts set message_sid = $1 returning 1) select 1', 'message'],
    ['select * from messages for update', 'message'],
  ])('%s is caused by: %s', (sql, cause) => {
    expect(causeOfTrip(sql)).toBe(cause);
  });
});

describe('labelOfTrip', () => {
  it.each([
    [
      'with input as (select 1), begun as (insert into attempts (a) values (1) on conflict (a) do update set b = 1) insert into timeline',
      'write attempts + timeline',
    ],
    [
      'with a as (update attempts set b = 1), c as (insert into timeline select 1) update attempts set d = 1',
      'write attempts + timeline',
    ],
    ['select sender from conversations where recipient = $1', 'read conversations'],
    ['begin', 'begin'],
  ])('%s', (sql, label) => {
    expect(labelOfTrip(sql)).toBe(label);
  });
});
