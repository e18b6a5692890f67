import { plainText } from './plain-text';
import { type InboundWord, TWILIO_DEFAULT_WORDS, WORD_SETS, type WordSet, type WordSetName } from './word-sets';

/** What an inbound text is. */
export type TextReading =
  | {
      readonly kind: 'word';
      readonly word: InboundWord;
      /** The first of the sets that has the word. */
      readonly language: WordSetName;
      /** Whether it is a word that Twilio answers on phone numbers. */
      readonly isTwilioDefault: boolean;
    }
  /** A stop word stands in it among others: not to be obeyed, but somebody should read it. */
  | { readonly kind: 'near_word' }
  | { readonly kind: 'other' };

export type ReadText = (text: string) => TextReading;

/** When sets disagree about a word, the meaning that comes first here counts: a STOP is never missed, a START never assumed. */
const BY_CAUTION: readonly InboundWord[] = ['stop', 'help', 'start'];

const TWILIO_DEFAULTS: ReadonlySet<string> = new Set(Object.values(TWILIO_DEFAULT_WORDS).flat());

/**
 * Makes a reader of inbound texts. Only the whole text counts as a word, compared as `plainText` has it; a word inside
 * a sentence is none.
 * @param names the sets to read by. Their order says whose language a word is that several of them have.
 */
export function createTextReader(
  names: readonly WordSetName[],
  sets: Readonly<Record<WordSetName, WordSet>> = WORD_SETS,
): ReadText {
  const readings = new Map<string, TextReading>();
  for (const word of BY_CAUTION) {
    for (const language of names) {
      for (const plain of sets[language][word].map(plainText)) {
        const isTwilioDefault = TWILIO_DEFAULTS.has(plain);
        readings.set(plain, readings.get(plain) ?? { kind: 'word', word, language, isTwilioDefault });
      }
    }
  }
  const isNear = nearWordTest([...readings].flatMap(([plain, reading]) => (isStop(reading) ? [plain] : [])));
  return (text) => {
    const plain = plainText(text);
    return readings.get(plain) ?? { kind: isNear(plain) ? 'near_word' : 'other' };
  };
}

function isStop(reading: TextReading): boolean {
  return reading.kind === 'word' && reading.word === 'stop';
}

/** Tells whether one of the words stands in a text, apart from other letters. Chinese and Japanese do not set words apart. */
function nearWordTest(plainWords: readonly string[]): (plain: string) => boolean {
  const patterns = plainWords.map((word) =>
    /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}]/u.test(word) ? word : `(?<![\\p{L}\\p{N}])${word}(?![\\p{L}\\p{N}])`,
  );
  const pattern = new RegExp(patterns.join('|'), 'u');
  return (plain) => patterns.length > 0 && pattern.test(plain);
}
