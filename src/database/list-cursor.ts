import { InvalidCursorError } from './invalid-cursor-error';

/** Where a page of a list by time ended. */
export interface ListPosition {
  /** ISO 8601 in UTC with milliseconds, as the database keeps it. */
  readonly at: string;
  /** Tells entries of one time apart. */
  readonly id: string;
}

/** An opaque text for the cursor of a list. */
export function encodeCursor({ at, id }: ListPosition): string {
  return Buffer.from(`${at} ${id}`).toString('base64url');
}

/**
 * @param id what an id of the list looks like.
 * @throws InvalidCursorError when the text was not made by `encodeCursor` for such a list.
 */
export function decodeCursor(cursor: string, id: RegExp): ListPosition {
  const match = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z) (\S+)$/.exec(Buffer.from(cursor, 'base64url').toString());
  const [, at, found] = match ?? [];
  if (at === undefined || found === undefined || !id.test(found) || Number.isNaN(Date.parse(at))) {
    throw new InvalidCursorError();
  }
  return { at, id: found };
}
