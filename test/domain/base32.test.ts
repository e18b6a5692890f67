import fc from 'fast-check';
import { base32 } from '../../src/domain/base32';

describe('base32', () => {
  /** The vectors of RFC 4648, section 10, in lower case and without padding. */
  it.each([
    ['', ''],
    ['f', 'my'],
    ['fo', 'mzxq'],
    ['foo', 'mzxw6'],
    ['foob', 'mzxw6yq'],
    ['fooba', 'mzxw6ytb'],
    ['foobar', 'mzxw6ytboi'],
  ])('of "%s" is "%s"', (text, expected) => {
    expect(base32(Buffer.from(text))).toBe(expected);
  });

  it('keeps different bytes apart', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ minLength: 20, maxLength: 20 }),
        fc.uint8Array({ minLength: 20, maxLength: 20 }),
        (a, b) => {
          expect(base32(a) === base32(b)).toBe(Buffer.compare(a, b) === 0);
          expect(base32(a)).toHaveLength(32);
        },
      ),
    );
  });
});
