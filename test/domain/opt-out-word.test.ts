import fc from 'fast-check';
import { INBOUND_WORDS, readInboundWord } from '../../src/domain/opt-out-word';

const ALL_WORDS = Object.values(INBOUND_WORDS).flat();

describe('readInboundWord', () => {
  it.each([
    ...['STOP', 'UNSUBSCRIBE', 'END', 'QUIT', 'STOPALL', 'REVOKE', 'OPTOUT', 'CANCEL'].map((word) => [word, 'stop']),
    ...['START', 'UNSTOP', 'YES'].map((word) => [word, 'start']),
    ...['HELP', 'INFO'].map((word) => [word, 'help']),
  ])('%s asks for %s', (word, asksFor) => {
    expect(readInboundWord(word)).toBe(asksFor);
    expect(readInboundWord(word.toLowerCase())).toBe(asksFor);
  });

  it.each([
    ['spaces', '  Stop \n'],
    ['a full stop', 'stop.'],
    ['several marks', 'STOP!!!'],
    ['a space and a mark', 'stop !'],
    ['quotes', '"STOP"'],
    ['typographic quotes', '“Stop”.'],
    ['full width', 'ＳＴＯＰ'],
    ['a zero-width space inside', 'ST\u200BOP'],
    ['a byte order mark', '\uFEFFSTOP'],
    ['direction marks', '\u202ASTOP\u202C'],
    ['a soft hyphen', 'ST\u00ADOP'],
    ['a no-break space', 'STOP\u00A0'],
    ['a variation selector', 'STOP\uFE0F'],
  ])('sees through %s', (_name, text) => {
    expect(readInboundWord(text)).toBe('stop');
  });

  it.each([
    '',
    ' . ',
    'stopp',
    'S T O P',
    'STOP ALL',
    'please stop',
    'stop it',
    'Do not stop!',
    'the end',
    'yes please',
    'non-stop',
    'stop.start',
    'STOP\nSent from my phone',
    'STОP',
    'constructor',
    'toString',
  ])('does not take "%s" for a word', (text) => {
    expect(readInboundWord(text)).toBeUndefined();
  });

  it('does not take a word inside a longer sentence for one', () => {
    const anyWord = fc.stringMatching(/^[a-z0-9]{1,10}$/);
    const sentence = fc.tuple(
      fc.array(anyWord, { maxLength: 4 }),
      fc.constantFrom(...ALL_WORDS),
      fc.array(anyWord, { maxLength: 4 }),
    );
    fc.assert(
      fc.property(
        sentence.filter(([before, , after]) => before.length + after.length > 0),
        fc.constantFrom(' ', '  ', ', ', '-', '\n', '. '),
        fc.constantFrom('', '.', '!', ' '),
        ([before, word, after], between, end) => {
          expect(readInboundWord([...before, word, ...after].join(between) + end)).toBeUndefined();
        },
      ),
      { numRuns: 500 },
    );
  });

  it('does not mind case and what stands around a word', () => {
    const around = fc.stringMatching(/^[\s.,;:!?"'()\u200B\uFEFF-]{0,5}$/);
    fc.assert(
      fc.property(fc.constantFrom(...ALL_WORDS), around, around, fc.boolean(), (word, before, after, isUpper) => {
        expect(readInboundWord(before + (isUpper ? word.toUpperCase() : word) + after)).toBe(readInboundWord(word));
      }),
    );
  });

  it('reads any text without an error', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(['stop', 'start', 'help', undefined]).toContain(readInboundWord(text));
      }),
    );
  });
});
