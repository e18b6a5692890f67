import { WORD_SET_NAMES, type WordSetName } from '../domain/word-sets';

/**
 * Reads the name of one set of words; case does not matter.
 * @throws Error that names the sets there are.
 */
export function readWordSet(text: string): WordSetName {
  const name = WORD_SET_NAMES.find((known) => known.toLowerCase() === text.toLowerCase());
  if (name === undefined) {
    throw new Error(`is not a set of words ("${text}"): choose among ${WORD_SET_NAMES.join(', ')}`);
  }
  return name;
}

/** @throws Error when a set is there twice: the order of the sets means something. */
export function requireDistinctWordSets(names: readonly WordSetName[]): readonly WordSetName[] {
  const repeated = names.find((name, index) => names.indexOf(name) < index);
  if (repeated !== undefined) {
    throw new Error(`has the set ${repeated} more than once: keep the first, since the order says who replies`);
  }
  return names;
}
