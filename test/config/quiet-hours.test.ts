import { readQuietHours } from '../../src/config/quiet-hours';

it('reads windows by country, medium and category', () => {
  const text =
    '{"US":{"text":{"marketing":{"from":"09:00","to":"20:00","days":["mon","fri"]}}},"*":{"voice":{"alert":null}}}';
  expect(readQuietHours(text).filter(({ windows }) => Object.keys(windows).length > 0)).toEqual([
    {
      country: 'US',
      medium: 'text',
      windows: { marketing: { from: '09:00', to: '20:00', days: ['mon', 'fri'] } },
      source: 'POSTHORN_QUIET_HOURS',
    },
    { country: '*', medium: 'voice', windows: { alert: null }, source: 'POSTHORN_QUIET_HOURS' },
  ]);
});

it.each([
  ['{', 'is not JSON: write an object such as {"US"'],
  ['[]', 'the object is a list: give an object such as {"US"'],
  ['{"Us":{}}', 'Us is not a country: write two capital letters'],
  ['{"US":{"fax":{}}}', 'US.fax is not a known field: remove it, or use one of text, voice'],
  ['{"US":{"text":{"news":null}}}', 'US.text.news is not a known field: remove it, or use one of security,'],
  [
    '{"US":{"text":{"alert":{"from":"8:00","to":"20:00"}}}}',
    'US.text.alert.from is not a time of day: write hours and minutes',
  ],
  ['{"US":{"text":{"alert":{"from":"08:00"}}}}', 'US.text.alert.to is missing: give a time of day such as "08:00"'],
  ['{"US":{"text":{"alert":{"from":"08:00","to":"08:00"}}}}', 'US.text.alert.to is the same as from: give null'],
  ['{"US":{"text":{"alert":{"from":"08:00","to":"20:00","days":[]}}}}', 'US.text.alert.days is empty: name a day'],
  [
    '{"US":{"text":{"alert":{"from":"08:00","to":"20:00","days":["so"]}}}}',
    'US.text.alert.days[0] is not known: give mon,',
  ],
  [
    '{"US":{"text":{"alert":{"from":"12:00","to":"16:00"}}}}',
    'US.text.alert is too narrow: no hour is from 12:00 to 16:00 in all time zones of US; widen it',
  ],
  [
    '{"*":{"voice":{"alert":{"from":"12:00","to":"20:00"}}}}',
    '*.voice.alert is too narrow: no hour is from 12:00 to 20:00 in all time zones of RU; widen it',
  ],
])('refuses %s', (text, message) => {
  expect(() => readQuietHours(text)).toThrow(message);
});
