import fc from 'fast-check';
import { describeStray, describeWrongSid, isSid, parseSid, sidPrefixOf } from '../../src/domain/sid';
import { nameOfKind, placeOfKind, SID_KINDS, SID_PREFIXES } from '../../src/domain/sid-kinds';

const DIGITS = '0123456789abcdef0123456789abcdef';
const sidOf = (prefix: string): string => `${prefix}${DIGITS}`;
const anyPrefix = fc.constantFrom(...SID_PREFIXES);
const anyDigits = fc.stringMatching(/^[0-9a-fA-F]{32}$/);

test('there is a kind for each of the identifiers that posthorn may meet', () => {
  const expected = 'AC SK AP CN IS CH MB IM DY CA CF MG PN SM MM WA HX ME WH US RL';
  expect([...SID_PREFIXES].sort()).toEqual(expected.split(' ').sort());
});

describe('isSid', () => {
  it.each(SID_PREFIXES)('tells %s from every other kind', (prefix) => {
    expect(SID_PREFIXES.filter((other) => isSid(sidOf(other), prefix))).toEqual([prefix]);
  });

  it.each([
    '',
    'IM',
    `IM${DIGITS}0`,
    `IM${DIGITS.slice(1)}`,
    `im${DIGITS}`,
    `IM${'g'.repeat(32)}`,
    ` IM${DIGITS}`,
    `IM${DIGITS}\n`,
  ])('refuses %j', (text) => {
    expect(isSid(text, 'IM')).toBe(false);
  });

  it('takes one of several kinds', () => {
    expect(isSid(sidOf('MM'), 'SM', 'MM', 'WA')).toBe(true);
    expect(isSid(sidOf('IM'), 'SM', 'MM', 'WA')).toBe(false);
  });
});

describe('describeWrongSid', () => {
  it.each([
    [
      sidOf('CN'),
      ['AP'],
      'is CN…, which is a connect app ("conductor") SID; an application SID starts with AP and has 32 hexadecimal digits; a connect app ("conductor") SID is for TWILIO_CONDUCTOR_SID',
    ],
    [
      sidOf('US'),
      ['AC'],
      'is US…, which is a user SID; an account SID starts with AC and has 32 hexadecimal digits; posthorn asks for a user SID nowhere',
    ],
    [
      sidOf('SM'),
      ['SK'],
      'is SM…, which is an SMS channel message SID; an API key SID starts with SK and has 32 hexadecimal digits; an SMS channel message SID is for posthorn trace',
    ],
    [sidOf('ZZ'), ['IM'], 'is not a Twilio SID; a message SID starts with IM and has 32 hexadecimal digits'],
    ['IM12', ['IM'], 'is not a Twilio SID; a message SID starts with IM and has 32 hexadecimal digits'],
  ] as const)('%s where %j is expected', (text, expected, description) => {
    expect(describeWrongSid(text, ...expected)).toBe(description);
  });

  it('does not repeat the identifier', () => {
    expect(describeWrongSid(sidOf('CH'), 'IM')).not.toContain(DIGITS);
  });
});

describe('parseSid', () => {
  it('gives every identifier of its kind back, and takes none of another kind for it', () => {
    fc.assert(
      fc.property(anyPrefix, anyPrefix, anyDigits, (prefix, expected, digits) => {
        const text = `${prefix}${digits}`;
        expect(sidPrefixOf(text)).toBe(prefix);
        if (prefix === expected) {
          expect(parseSid(text, expected)).toBe(text);
          return;
        }
        const { article, name } = SID_KINDS[expected];
        const sentence = `is ${prefix}…, which is ${nameOfKind(prefix)}; ${article} ${name} SID starts with ${expected}`;
        expect(() => parseSid(text, expected)).toThrow(sentence);
        expect(() => parseSid(text, expected)).toThrow(placeOfKind(prefix));
      }),
    );
  });

  it('takes no text for an identifier that is not two letters of a kind and 32 hexadecimal digits', () => {
    fc.assert(
      fc.property(fc.string(), anyPrefix, anyDigits, (text, prefix, digits) => {
        fc.pre(!/^[A-Z]{2}[0-9a-f]{32}$/i.test(text));
        expect(sidPrefixOf(text)).toBeUndefined();
        expect(sidPrefixOf(`${prefix}${digits}${text}`)).toBe(text === '' ? prefix : undefined);
        expect(describeStray(text, 'something else')).toBeUndefined();
      }),
    );
  });
});
