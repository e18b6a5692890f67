import { type CsvBlock, endOfLine, readBlocks } from './csv-blocks';
import { CsvFileError } from './csv-file-error';
import { type CsvRow, readRows, takeRows } from './csv-rows';
import { detectDelimiter } from './detect-delimiter';

export interface CsvTable {
  readonly header: readonly string[];
  readonly rows: AsyncIterable<CsvRow>;
}

/**
 * Opens a file of CSV. The header is its first line that is not empty, and says what the delimiter is.
 * @throws CsvFileError when there is none, and when the file is UTF-16.
 */
export async function readTable(file: AsyncIterable<Uint8Array>): Promise<CsvTable> {
  const blocks = readBlocks(file);
  for (;;) {
    const next = await blocks.next();
    if (next.done === true || next.value.bytes === undefined) {
      const message = 'the file has no row with the names of the columns: put one first, such as address,reason';
      throw new CsvFileError([{ field: 'file', message }]);
    }
    const found = findHeader(next.value.bytes, next.value.line);
    if (found !== undefined) {
      const { delimiter, header, rest } = found;
      return { header, rows: readRows(withFirst(rest, blocks), delimiter) };
    }
  }
}

interface FoundHeader {
  readonly delimiter: string;
  readonly header: readonly string[];
  /** What comes behind it. */
  readonly rest: CsvBlock;
}

function findHeader(bytes: Buffer, firstLine: number): FoundHeader | undefined {
  for (let start = 0, line = firstLine; start < bytes.length; line += 1) {
    const end = endOfLine(bytes, start) ?? bytes.length;
    const text = bytes.toString('utf8', start, end);
    if (text.trim() !== '') {
      const delimiter = detectDelimiter(text);
      const [row] = takeRows({ line, bytes: bytes.subarray(start, end) }, delimiter, true).rows;
      return { delimiter, header: cellsOf(row), rest: { line: line + 1, bytes: bytes.subarray(end) } };
    }
    start = end;
  }
  return undefined;
}

function cellsOf(row: CsvRow | undefined): readonly string[] {
  if (row === undefined) {
    return [];
  }
  if ('problem' in row) {
    const message = `the first row ${row.problem}; the names of the columns have to be in one line`;
    throw new CsvFileError([{ field: 'file', message }]);
  }
  return row.cells;
}

async function* withFirst(first: CsvBlock, others: AsyncIterable<CsvBlock>): AsyncGenerator<CsvBlock> {
  yield first;
  yield* others;
}
