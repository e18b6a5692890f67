import { readSenderPools } from '../../src/config/sender-pools';

it('reads pools by channel and country, with the spaces that people leave', () => {
  expect(
    readSenderPools(
      'sms:US=+12025550100, +1 202 555 0101; sms:* = +12025550102;whatsapp:*=whatsapp:+12025550103;voice:de=+12025550104;',
    ),
  ).toEqual([
    { channel: 'sms', country: 'US', senders: ['+12025550100', '+12025550101'] },
    { channel: 'sms', senders: ['+12025550102'] },
    { channel: 'whatsapp', senders: ['+12025550103'] },
    { channel: 'voice', country: 'DE', senders: ['+12025550104'] },
  ]);
});

it.each([
  [
    'fax:US=+12025550100',
    /pool that does not begin with a channel \(sms, whatsapp, voice\), a colon, a country or \* and =/,
  ],
  ['+12025550100', /pool that does not begin with a channel .*write it like sms:US=\+12025550100/],
  ['sms=+12025550100', /does not begin with a channel/],
  ['sms:XX=+12025550100', /names a country in the pool sms:XX that does not exist: give its two letters of ISO 3166-1/],
  ['sms:US=', /sender in the pool sms:US \(number 1\) that is empty: write \+ and the country code/],
  ['sms:US=+12025550100,2025550101', /sender in the pool sms:US \(number 2\) that has no country code/],
  ['sms:US=whatsapp:+12025550100', /number 1\) that is a sender for whatsapp: write an address for sms/],
  ['sms:US=+12025550100,+12025550100', /has sender number 2 of the pool sms:US twice: give each sender once/],
  ['sms:US=+12025550100;sms:us=+12025550101', /has the pool sms:US more than once: write all of its senders into one/],
])('refuses %s', (text, message) => {
  expect(() => readSenderPools(text)).toThrow(message);
});

it('repeats no number in what it says', () => {
  expect(() => readSenderPools('sms:US=+1202555010')).toThrow(/^(?!.*1202555010\b)/s);
});
