import { describeWrongSid, isSid, parseSid, SID_KINDS, type SidPrefix } from '../../src/domain/sid';

const DIGITS = '0123456789abcdef0123456789abcdef';
const sidOf = (prefix: string): string => `${prefix}${DIGITS}`;
const PREFIXES = Object.keys(SID_KINDS) as SidPrefix[];

describe('isSid', () => {
  it.each(PREFIXES)('tells %s from every other kind', (prefix) => {
    expect(PREFIXES.filter((other) => isSid(sidOf(other), prefix))).toEqual([prefix]);
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
    [sidOf('CH'), ['IM'], 'is CH…, a conversation SID; a message SID starts with IM and has 32 hexadecimal digits'],
    [sidOf('US'), ['AC'], 'is US…, a user SID; an account SID starts with AC and has 32 hexadecimal digits'],
    [
      sidOf('SM'),
      ['SK'],
      'is SM…, an SMS channel message SID; an API key SID starts with SK and has 32 hexadecimal digits',
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
  it('gives the identifier back', () => {
    expect(parseSid(sidOf('IM'), 'IM')).toBe(sidOf('IM'));
  });

  it('names both kinds when it is another', () => {
    expect(() => parseSid(sidOf('CH'), 'IM')).toThrow(
      'the identifier is CH…, a conversation SID; a message SID starts with IM',
    );
  });
});
