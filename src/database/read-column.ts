import { types } from 'pg';
import { isoTime } from './rows';

type ReadColumn = (text: string) => unknown;
type ChooseReader = (typeId: number, format: string) => ReadColumn;

/** Type numbers of Postgres. Source: the catalog pg_type. */
const TIMESTAMPTZ: number = types.builtins.TIMESTAMPTZ;
const INT8: number = types.builtins.INT8;

/**
 * How the driver reads a column: the way of `pg`, except that times become ISO 8601 text and `int8` becomes a number.
 * The signature is the driver's: type number and wire format.
 */
export function readColumn(typeId: number, format: string): ReadColumn {
  if (typeId === TIMESTAMPTZ) {
    return isoTime;
  }
  return typeId === INT8 ? safeInteger : (types.getTypeParser as ChooseReader)(typeId, format);
}

/** @throws RangeError instead of rounding a number that JavaScript cannot hold. */
function safeInteger(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) {
    throw new RangeError(`the database sent the integer ${text}, which is larger than JavaScript can hold exactly`);
  }
  return value;
}
