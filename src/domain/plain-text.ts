/** Characters that no reader sees: joiners, direction marks, soft hyphens, variation selectors (Unicode UAX 44). */
const INVISIBLE = /[\p{Default_Ignorable_Code_Point}\p{Cf}]/gu;
/** The accents of Latin, Greek and Cyrillic letters. The marks of other scripts make other letters and stay. */
const ACCENTS = /[\u0300-\u036f]/g;
const DASHES = /\p{Pd}/gu;
/** Control characters and the blank of Braille look like a space too. */
const BLANKS = /[\s\p{Cc}\u2800]+/gu;
/** Punctuation and blanks, and the symbols that serve as quotes or emphasis: `STOP`, <STOP>, ~STOP~. */
const AROUND = /^[\p{P}\s`<>|~^=+]$/u;

/**
 * A text without what does not count when words are compared: invisible characters, width and other variants of a
 * character (NFKC), accents, kinds of dashes and of white space, case, and punctuation around the whole.
 * Case is folded by way of capitals and without a locale, so that the dotless and the dotted Turkish i are an i.
 */
export function plainText(text: string): string {
  const alike = text
    .replace(INVISIBLE, '')
    .normalize('NFKD')
    .replace(ACCENTS, '')
    .normalize('NFKC')
    .toUpperCase()
    .toLowerCase()
    .replace(DASHES, '-')
    .replace(BLANKS, ' ');
  return withoutAround(alike);
}

/** By character from both ends: a pattern would look at a long row of dots within the text once for each of them. */
function withoutAround(text: string): string {
  const characters = Array.from(text);
  const counts = (character: string): boolean => !AROUND.test(character);
  return characters.slice(Math.max(characters.findIndex(counts), 0), characters.findLastIndex(counts) + 1).join('');
}
