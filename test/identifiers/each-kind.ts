import { nameOfKind, placeOfKind, SID_PREFIXES, type SidPrefix } from '../../src/domain/sid-kinds';

const DIGITS = '0123456789abcdef0123456789abcdef';

/** An identifier of the kind. */
export const sidOfKind = (prefix: SidPrefix): string => `${prefix}${DIGITS}`;

/** Each place together with each kind that does not belong there: name of the place, kinds that do, one that does not. */
export function misplaced<Place extends readonly [name: string, expected: readonly SidPrefix[], ...unknown[]]>(
  places: readonly Place[],
): [string, SidPrefix, Place][] {
  return places.flatMap((place) =>
    SID_PREFIXES.filter((prefix) => !place[1].includes(prefix)).map((prefix): [string, SidPrefix, Place] => [
      place[0],
      prefix,
      place,
    ]),
  );
}

/** Expects all that the message for a wrong kind has to say, and of the identifier its first letters alone. */
export function expectSentence(text: string, name: string, found: SidPrefix, expected: readonly SidPrefix[]): void {
  expectWords(text, name, found, expected);
  expect(text).not.toContain(DIGITS);
}

/** The same where the identifier may stand before the sentence: commander repeats what was typed. */
export function expectWords(text: string, name: string, found: SidPrefix, expected: readonly SidPrefix[]): void {
  expect(text).toContain(`${name} is ${found}…, which is ${nameOfKind(found)}; `);
  for (const prefix of expected) {
    expect(text).toContain(`${nameOfKind(prefix)} starts with ${prefix}`);
  }
  expect(text).toContain(placeOfKind(found));
}
