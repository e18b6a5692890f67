import fc from 'fast-check';
import { AddressError, countryOf, maskAddress, parseAddress } from '../../src/domain/address';

describe('parseAddress', () => {
  it.each([
    ['+12025550101', { e164: '+12025550101' }],
    [' +1 202 555 0101 ', { e164: '+12025550101' }],
    ['+1 (202) 555-0101', { e164: '+12025550101' }],
    ['+1.202.555.0101', { e164: '+12025550101' }],
    ['+1–202–555–0101', { e164: '+12025550101' }],
    ['\u202A+1\u00A0202\u00A0555\u00A00101\u202C', { e164: '+12025550101' }],
    ['＋１２０２５５５０１０１', { e164: '+12025550101' }],
    ['whatsapp:+12025550101', { e164: '+12025550101', channel: 'whatsapp' }],
    ['WhatsApp: +1 202 555 0101', { e164: '+12025550101', channel: 'whatsapp' }],
    ['+44 (0)20 7946 0958', { e164: '+442079460958' }],
    ['+49 1512 3456789', { e164: '+4915123456789' }],
  ])('reads %j', (text, expected) => {
    expect(parseAddress(text)).toEqual(expected);
  });

  it.each([
    ['', 'is empty: write + and the country code, such as +12025550101 or whatsapp:+12025550101'],
    ['  ', 'is empty'],
    ['whatsapp:', 'is empty'],
    ['12025550101', 'has no country code: write + and the country code'],
    ['(202) 555-0101', 'has no country code'],
    ['0012025550101', 'starts with 00: write + in its place'],
    ['+1 800 FLOWERS', 'has letters in it'],
    ['+12025550101 ext. 5', 'has letters in it'],
    ['sms:+12025550101', 'starts with a prefix that is not whatsapp'],
    ['+1202555010', 'has too few digits for its country'],
    ['+120255501011', 'has too many digits for its country'],
    ['+99912345678', 'has a country code that does not exist'],
    ['+15550100001', 'is not a number that its country gives out'],
    ['+', 'has characters that do not belong in a phone number'],
    ['+1202555#0101', 'has characters that do not belong in a phone number'],
    ['+1202+5550101', 'has characters that do not belong in a phone number'],
    ['+1'.padEnd(65, '0'), 'is too long for a phone number'],
  ])('refuses %j', (text, message) => {
    expect(() => parseAddress(text)).toThrow(AddressError);
    expect(() => parseAddress(text)).toThrow(message);
  });

  it.each(['303-444-7788', '+1 303 444 778', 'sms:+13034447788', '+1 303 444 7788 x'])('does not repeat %j', (text) => {
    const read = attempt(() => parseAddress(text));
    expect(read).toBeInstanceOf(AddressError);
    expect((read as AddressError).message).not.toMatch(/303|444|778/);
  });

  it('gives an address or an AddressError for any text', () => {
    const digits = fc.stringMatching(/^(whatsapp:)?\+?[\d\s().-]{0,20}$/);
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), digits), (text) => {
        const read = attempt(() => parseAddress(text));
        if (!(read instanceof AddressError)) {
          expect(read.e164).toMatch(/^\+[1-9]\d{5,14}$/);
          expect(parseAddress(read.e164)).toEqual({ e164: read.e164 });
        }
      }),
      { numRuns: 500 },
    );
  });
});

describe('maskAddress', () => {
  it.each([
    ['+12025550101', '+1 202 ••• ••01'],
    ['+4915123456789', '+49 151• •••••89'],
    ['+4724101234', '+47 •• •• •• 34'],
    ['nonsense', '•••'],
    ['', '•••'],
  ])('of %s is %s', (e164, masked) => {
    expect(maskAddress(e164)).toBe(masked);
  });

  it('shows five digits at most besides the country code, and hides at least as many as it shows of a short number', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^\+[1-9]\d{7,14}$/), (e164) => {
        const masked = maskAddress(e164);
        const hidden = masked.split('•').length - 1;
        const shown = masked.replace(/^\+\d+/, '').replace(/\D/g, '').length;
        expect([0, 2, 5]).toContain(shown);
        expect(hidden).toBeGreaterThanOrEqual(shown === 5 ? 4 : shown);
      }),
      { numRuns: 500 },
    );
  });
});

describe('countryOf', () => {
  it.each([
    ['+12025550101', 'US'],
    ['+442079460958', 'GB'],
    ['+18765550100', 'JM'],
    ['+88216123456', undefined],
    ['nonsense', undefined],
  ])('%s: %s', (e164, country) => {
    expect(countryOf(e164)).toBe(country);
  });
});

function attempt<T>(action: () => T): T | AddressError {
  try {
    return action();
  } catch (error) {
    if (error instanceof AddressError) {
      return error;
    }
    throw error;
  }
}
