import fc from 'fast-check';
import { createTextReader } from '../../src/domain/opt-out-word';
import { plainText } from '../../src/domain/plain-text';
import {
  TWILIO_DEFAULT_WORDS,
  WORD_SET_NAMES,
  WORD_SETS,
  type InboundWord,
  type WordSet,
} from '../../src/domain/word-sets';

const readText = createTextReader(WORD_SET_NAMES);
const MEANINGS: readonly InboundWord[] = ['stop', 'start', 'help'];

/** Every word of every set, with what it asks for. */
const ALL_WORDS = WORD_SET_NAMES.flatMap((name) =>
  MEANINGS.flatMap((word) => WORD_SETS[name][word].map((text) => ({ name, word, text }))),
);
const anyWord = fc.constantFrom(...ALL_WORDS);

describe('the words', () => {
  test.each(ALL_WORDS)('$text asks for $word in $name, in any case', ({ name, word, text }) => {
    const readAlone = createTextReader([name]);
    for (const spelling of [text, text.toUpperCase(), text.toLowerCase(), text.normalize('NFD')]) {
      expect(readAlone(spelling)).toMatchObject({ kind: 'word', word, language: name });
      expect(readText(spelling)).toMatchObject({ kind: 'word', word });
    }
  });

  test.each(Object.entries(TWILIO_DEFAULT_WORDS).flatMap(([word, texts]) => texts.map((text) => [text, word])))(
    'Twilio’s %s asks for %s and is known for Twilio’s',
    (text, word) => {
      expect(readText(text)).toEqual({ kind: 'word', word, language: 'en', isTwilioDefault: true });
    },
  );

  test('that Twilio does not know are told from those that it does', () => {
    expect(readText('Abmelden')).toEqual({ kind: 'word', word: 'stop', language: 'de', isTwilioDefault: false });
  });

  test('do not contradict each other, within a set or between sets', () => {
    const meanings = new Map<string, Set<InboundWord>>();
    ALL_WORDS.forEach(({ text, word }) =>
      meanings.set(plainText(text), (meanings.get(plainText(text)) ?? new Set()).add(word)),
    );
    expect([...meanings].filter(([, of]) => of.size > 1)).toEqual([]);
  });

  test('consist of letters, so that they can be looked for in a text', () => {
    expect(
      ALL_WORDS.map(({ text }) => plainText(text)).filter(
        (plain) => !/^[\p{L}\p{N}]+([ -][\p{L}\p{N}]+)*$/u.test(plain),
      ),
    ).toEqual([]);
  });
});

describe('sets', () => {
  test('that are off are not read', () => {
    const readGerman = createTextReader(['de']);
    expect(readGerman('Abmelden')).toMatchObject({ word: 'stop' });
    expect(readGerman('退订')).toEqual({ kind: 'other' });
    expect(readGerman('bitte 退订')).toEqual({ kind: 'other' });
    expect(createTextReader([])('stop')).toEqual({ kind: 'other' });
  });

  test('that share a word give it the language of the first', () => {
    expect(createTextReader(['de', 'en'])('stop')).toMatchObject({ language: 'de' });
    expect(createTextReader(['en', 'de'])('stop')).toMatchObject({ language: 'en' });
  });

  test.each([
    ['start', 'stop', 'stop'],
    ['stop', 'start', 'stop'],
    ['help', 'stop', 'stop'],
    ['start', 'help', 'help'],
  ] as const)('that disagree, on %s and %s, are read as %s', (first, second, expected) => {
    const meaning = (word: InboundWord): WordSet => ({ stop: [], start: [], help: [], [word]: ['fin'] });
    const reader = createTextReader(['en', 'fr'], { ...WORD_SETS, en: meaning(first), fr: meaning(second) });
    expect(reader('fin')).toMatchObject({ kind: 'word', word: expected });
  });
});

const invisible = fc.constantFrom(
  '\u200B',
  '\u200C',
  '\u200D',
  '\u2060',
  '\uFEFF',
  '\u00AD',
  '\u202A',
  '\u202E',
  '\u2066',
  '\u2069',
  '\u200E',
  '\u200F',
  '\u061C',
  '\uFE00',
  '\uFE0F',
  '\u{E0100}',
  '\u180E',
  '\u034F',
);
const around = fc.string({
  unit: fc.constantFrom(
    ...Array.from(` \t\n\u00A0\u3000.,;:!?¡¿"'()[]{}«»“”„‘’…-–—*_~\`。、！「」・`),
    '\u200B',
    '\uFEFF',
  ),
  maxLength: 6,
});

test('invisible characters anywhere, and case, blanks and punctuation around, leave a word what it is', () => {
  fc.assert(
    fc.property(
      anyWord,
      around,
      around,
      fc.array(fc.tuple(fc.nat(20), invisible)),
      fc.array(fc.boolean()),
      (of, before, after, hidden, upper) => {
        const cased = Array.from(of.text, (character, index) =>
          upper[index] === true ? character.toUpperCase() : character,
        );
        hidden.forEach(([at, character]) => cased.splice(at % (cased.length + 1), 0, character));
        expect(readText(before + cased.join('') + after)).toMatchObject({ kind: 'word', word: of.word });
      },
    ),
    { numRuns: 2_000 },
  );
});

const letters = fc.string({
  unit: fc.constantFrom(...Array.from('abcdefghijklmnopqrstuvwxyz0123456789éüñж字')),
  minLength: 1,
  maxLength: 8,
});
const plainWords = new Set(ALL_WORDS.map(({ text }) => plainText(text)));

test('a word inside other letters is none', () => {
  fc.assert(
    fc.property(anyWord, fc.option(letters, { nil: '' }), fc.option(letters, { nil: '' }), (of, before, after) => {
      const text = before + of.text + after;
      fc.pre(!plainWords.has(plainText(text)));
      expect(readText(text).kind).not.toBe('word');
    }),
    { numRuns: 2_000 },
  );
});

test('a Latin word inside other letters is not even near', () => {
  const latin = ALL_WORDS.filter(({ text }) => /^\p{sc=Latin}+$/u.test(text));
  const ownLetters = fc.stringMatching(/^[qxz]{1,5}$/);
  fc.assert(
    fc.property(fc.constantFrom(...latin), ownLetters, ownLetters, (of, before, after) => {
      expect(readText(before + of.text + after)).toEqual({ kind: 'other' });
    }),
  );
});

test('a word among others is none; a STOP among them is near', () => {
  const others = fc.array(fc.stringMatching(/^[qxz]{1,9}$/), { maxLength: 4 });
  fc.assert(
    fc.property(
      anyWord,
      others,
      others,
      fc.constantFrom(' ', '  ', ', ', '\n', '. '),
      fc.constantFrom('', '.', ' 🛑'),
      (of, before, after, between, end) => {
        fc.pre(before.length + after.length > 0);
        const text = [...before, of.text, ...after].join(between) + end;
        expect(readText(text).kind).toBe(of.word === 'stop' ? 'near_word' : 'other');
      },
    ),
    { numRuns: 1_000 },
  );
});

test('any text is read without an error, and plain text stays plain', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(['word', 'near_word', 'other']).toContain(readText(text).kind);
      expect(readText(plainText(text))).toEqual(readText(text));
    }),
    { numRuns: 1_000 },
  );
});

test.each([
  ['words', 'stop'.repeat(16_000)],
  ['blanks', `${' '.repeat(64_000)}x`],
  ['dots', `x${'.'.repeat(64_000)}x`],
  ['ideographs', '停'.repeat(20_000)],
])('a text as long as a webhook can be is read too: %s', (_what, text) => {
  expect(readText(text)).toEqual({ kind: 'other' });
});
