/** The cursor of a list did not come from the page before. */
export class InvalidCursorError extends Error {
  override readonly name = 'InvalidCursorError';

  constructor() {
    super(
      'cursor: not a cursor of this list; take nextCursor of the page before, or leave it out to start from the newest',
    );
  }
}
