/** A row cannot be taken; the message names the field and the remedy, and never repeats what the row says. */
export class RowError extends Error {
  override readonly name = 'RowError';
  readonly field: string;

  /** @param problem continues a sentence that starts with the field's name. */
  constructor(field: string, problem: string) {
    super(`${field} ${problem}`);
    this.field = field;
  }
}
