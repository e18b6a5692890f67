import { z } from 'zod';
import { AddressError, parseAddress } from '../domain/address';
import { expectOneOf } from '../request/expectation';
import { isStorable, UNSTORABLE_MESSAGE } from '../request/text-field';
import { RowError } from './row-error';

const YES = ['true', 'yes', 'y', '1', 't', 'stop', 'out', 'optout', 'optedout', 'unsubscribe', 'unsubscribed'];
const NO = ['false', 'no', 'n', '0', 'f', 'start', 'in', 'optin', 'optedin', 'subscribe', 'subscribed', 'resubscribe'];

/** Clocks differ; a statement from further ahead would outrank every later word of the recipient. */
const LATEST_AHEAD_MS = 5 * 60_000;
const EARLIEST_MS = Date.parse('1970-01-01T00:00:00Z');

const MOMENT = z.union([z.iso.datetime({ offset: true }), z.iso.date()]);
const NOT_UTF8 = '\uFFFD';

/** An address in E.164. @throws RowError */
export function addressCell(field: string, cell: string): string {
  try {
    return parseAddress(cell).e164;
  } catch (error) {
    if (error instanceof AddressError) {
      throw new RowError(field, error.message);
    }
    throw error;
  }
}

/** One of some words, in any case; undefined for an empty cell. @throws RowError */
export function wordCell<Word extends string>(field: string, cell: string, words: readonly Word[]): Word | undefined {
  const text = cell.trim().toLowerCase();
  const word = words.find((known) => known === text);
  if (text !== '' && word === undefined) {
    throw new RowError(field, expectOneOf(words)({ input: cell }));
  }
  return word;
}

/** Whether a row opts out; an empty cell does. @throws RowError */
export function optedOutCell(cell: string): boolean {
  const text = cell.toLowerCase().replace(/[\s_-]/g, '');
  if (text === '' || YES.includes(text)) {
    return true;
  }
  if (!NO.includes(text)) {
    throw new RowError('optedOut', 'is not known: give true or stop for an opt-out, false or start for an opt-in');
  }
  return false;
}

/**
 * A moment as ISO 8601 in UTC; undefined for an empty cell.
 * @param now ISO 8601.
 * @throws RowError
 */
export function momentCell(cell: string, now: string): string | undefined {
  const text = cell.trim().replace(/^(\d{4}-\d\d-\d\d) (\d)/, '$1T$2');
  if (text === '') {
    return undefined;
  }
  if (!MOMENT.safeParse(text).success) {
    throw new RowError('at', 'is not a moment: write ISO 8601 with a zone, such as 2026-01-31T08:00:00Z or 2026-01-31');
  }
  const ms = Date.parse(text);
  if (ms > Date.parse(now) + LATEST_AHEAD_MS) {
    throw new RowError('at', 'is in the future: give the time when it was said, and check its time zone');
  }
  if (ms < EARLIEST_MS) {
    throw new RowError('at', 'is before 1970: give the time when it was said');
  }
  return new Date(ms).toISOString();
}

/** A text as it is; undefined for an empty cell. @throws RowError */
export function textCell(field: string, cell: string, maxLength: number): string | undefined {
  if (cell.length > maxLength) {
    throw new RowError(field, `is longer than ${maxLength} characters: shorten it`);
  }
  if (cell.includes(NOT_UTF8)) {
    throw new RowError(field, 'has a character that is not UTF-8: save the file as CSV in UTF-8');
  }
  if (!isStorable(cell)) {
    throw new RowError(field, UNSTORABLE_MESSAGE);
  }
  return cell === '' ? undefined : cell;
}
