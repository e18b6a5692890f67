import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { parse } from 'csv-parse';

/** A row of a CSV file by the names of its columns. */
export type NamedCells = Readonly<Record<string, string>>;

/** What a file says, in whatever order it says it. */
export interface RowsDigest {
  readonly rows: number;
  /** The sum of the rows' SHA-256, modulo 2^256, in hexadecimal. */
  readonly digest: string;
}

const BITS = 256;
const HEX_DIGITS = BITS / 4;

/**
 * Reads a CSV file whose first line has the names, by csv-parse alone and not by posthorn's own reader.
 * @param factsOf the cells that count, in an order that is the same for files that are compared.
 */
export async function digestRows(file: string, factsOf: (row: NamedCells) => readonly string[]): Promise<RowsDigest> {
  let rows = 0;
  let sum = 0n;
  const records = createReadStream(file).pipe(parse({ columns: true })) as AsyncIterable<NamedCells>;
  for await (const record of records) {
    const hash = createHash('sha256')
      .update(JSON.stringify(factsOf(record)))
      .digest('hex');
    sum = BigInt.asUintN(BITS, sum + BigInt(`0x${hash}`));
    rows += 1;
  }
  return { rows, digest: sum.toString(16).padStart(HEX_DIGITS, '0') };
}
