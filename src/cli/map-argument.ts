import { InvalidArgumentError } from 'commander';
import { type ColumnMap, IMPORT_FIELDS } from '../opt-outs/import-columns';

/** Reads `field=Column` and adds it to those before. @throws InvalidArgumentError */
export function mapArgument(text: string, before: ColumnMap): ColumnMap {
  const [, name, column] = /^([^=]+)=(.+)$/.exec(text) ?? [];
  const field = IMPORT_FIELDS.find((known) => known.toLowerCase() === name?.trim().toLowerCase());
  if (field === undefined || column === undefined) {
    throw new InvalidArgumentError(
      `It is not of the form field=column: write such as "address=Phone Number", with one of ${IMPORT_FIELDS.join(', ')}.`,
    );
  }
  return { ...before, [field]: column };
}
