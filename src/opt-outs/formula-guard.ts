/**
 * A cell that begins with one of these may be run as a formula by a spreadsheet; one that begins with an apostrophe could not be
 * told from a guarded one. As the inside of a character class, for JavaScript and Postgres alike.
 * Source: https://owasp.org/www-community/attacks/CSV_Injection
 */
export const GUARDED_FIRST = "'=+\\-@\\t\\r";

const GUARDED = new RegExp(`^'[${GUARDED_FIRST}]`);

/** A cell without the apostrophe that an export puts before it. */
export function unguarded(cell: string): string {
  return GUARDED.test(cell) ? cell.slice(1) : cell;
}
