import { AddressError, parseAddress } from '../domain/address';
import { type Problem } from '../request/problem';
import { CsvFileError } from './csv-file-error';
import { unguarded } from './formula-guard';

/** What a file says about a statement, by the names that the API has for it. Only the address has to be there. */
export const IMPORT_FIELDS = ['address', 'sender', 'channel', 'category', 'optedOut', 'at', 'reason'] as const;
export type ImportField = (typeof IMPORT_FIELDS)[number];

/** What an export says beyond that. They count only when all three are there: other files have a “source” of their own. */
export const ORIGIN_FIELDS = ['source', 'evidence', 'actor'] as const;
export type OriginField = (typeof ORIGIN_FIELDS)[number];

/** Where each field stands, from 0; what the file does not have is absent. */
export type ColumnPlaces = Readonly<Partial<Record<ImportField | OriginField, number>>>;

export interface ImportColumns {
  readonly places: ColumnPlaces;
  /** How many columns there are. */
  readonly width: number;
  /** The name of the column that each field is read from. */
  readonly used: Readonly<Record<string, string>>;
  /** Names of columns that mean nothing to posthorn. */
  readonly ignored: readonly string[];
}

/** The column of a field as a person named it. */
export type ColumnMap = Readonly<Partial<Record<ImportField, string>>>;

/** Names of columns that other programs write. Case, blanks and signs in a name do not count. */
const ALIASES: Readonly<Record<ImportField, readonly string[]>> = {
  address: [
    'phone',
    'phonenumber',
    'mobile',
    'mobilenumber',
    'mobilephone',
    'telephone',
    'number',
    'msisdn',
    'recipient',
    'to',
  ],
  sender: ['from', 'sendernumber'],
  channel: [],
  category: [],
  optedOut: ['optout', 'action', 'status', 'unsubscribed'],
  at: ['time', 'timestamp', 'date', 'optedoutat', 'optoutdate', 'unsubscribedat'],
  reason: ['comment', 'note'],
};

const MOST_NAMES = 20;
const LONGEST_NAME = 40;

/**
 * Finds the columns of a file by its header: those that `map` names, then those of the field's own name, then known aliases.
 * @param howToMap how to name a column, such as `--map address=<column>`, for the errors.
 * @throws CsvFileError that lists every field at fault, the columns that there are, and the remedy.
 */
export function findColumns(
  header: readonly string[],
  map: ColumnMap,
  howToMap: (field: ImportField) => string,
): ImportColumns {
  const names = header.map((name) => unguarded(name.trim()));
  refuseMissingHeader(names);
  const found = IMPORT_FIELDS.map((field) => ({ field, places: placesOf(names, field, map[field]) }));
  const problems = found.flatMap(({ field, places }): Problem[] => {
    if (places.length > 1) {
      const both = list(places.map((place) => names[place] ?? ''));
      return [{ field, message: `${field} is in several columns (${both}): name one with ${howToMap(field)}` }];
    }
    return places.length === 1 || (field !== 'address' && map[field] === undefined)
      ? []
      : [{ field, message: missing(field, names, map[field], howToMap(field)) }];
  });
  if (problems.length > 0) {
    throw new CsvFileError(problems);
  }
  const origins = ORIGIN_FIELDS.map((field) => ({ field, places: placesOf(names, field, undefined) }));
  const isExport = origins.every(({ places }) => places.length === 1);
  const columns = [...found, ...(isExport ? origins : [])].flatMap(({ field, places }) =>
    places.map((place) => ({ field, place })),
  );
  return {
    places: Object.fromEntries(columns.map(({ field, place }) => [field, place])),
    width: names.length,
    used: Object.fromEntries(columns.map(({ field, place }) => [field, names[place] ?? ''])),
    ignored: names.filter((_name, index) => columns.every(({ place }) => place !== index)),
  };
}

function placesOf(names: readonly string[], field: ImportField | OriginField, mapped: string | undefined): number[] {
  const placesNamed = (wanted: readonly string[]): number[] =>
    names.flatMap((name, index) => (wanted.includes(plain(name)) ? [index] : []));
  if (mapped !== undefined) {
    const exact = names.flatMap((name, index) => (name === mapped.trim() ? [index] : []));
    return exact.length > 0 ? exact : placesNamed([plain(mapped)]);
  }
  const own = placesNamed([plain(field)]);
  return own.length > 0 || !(field in ALIASES) ? own : placesNamed(ALIASES[field as ImportField]);
}

/** A name without what people and programs write differently. */
function plain(name: string): string {
  return name
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '');
}

function missing(field: ImportField, names: readonly string[], mapped: string | undefined, how: string): string {
  const there = `the file has the columns ${list(names)}`;
  return mapped === undefined
    ? `${field} is missing: ${there}; name the one with the phone numbers with ${how}, or call it ${field}`
    : `${field} is mapped to a column that is not there: ${there}; name one of them with ${how}`;
}

/** A first row with a phone number in it is no header, and its cells are not for an error message. */
function refuseMissingHeader(names: readonly string[]): void {
  if (names.some(isAddress)) {
    const message =
      'the first row has a phone number in it and no names of columns: put a row with names first, such as address,reason';
    throw new CsvFileError([{ field: 'file', message }]);
  }
}

function isAddress(text: string): boolean {
  try {
    parseAddress(text);
    return true;
  } catch (error) {
    if (error instanceof AddressError) {
      return false;
    }
    throw error;
  }
}

function list(names: readonly string[]): string {
  const shown = names.slice(0, MOST_NAMES).map((name) => JSON.stringify(name.slice(0, LONGEST_NAME)));
  return [...shown, ...(names.length > MOST_NAMES ? [`${names.length - MOST_NAMES} more`] : [])].join(', ');
}
