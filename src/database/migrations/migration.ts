/**
 * One step of the schema. `up` runs once, in order, together with its neighbours in one transaction;
 * `down` takes it back and exists for tests and emergencies. A migration that was released is never edited.
 */
export interface Migration {
  /** Four digits and words, unique; the order of names is the order of the list. */
  readonly name: string;
  readonly up: string;
  readonly down: string;
}
