import { countLineFeeds, type CsvBlock, endOfLine, LINE_FEED, LONGEST_ROW } from './csv-blocks';
import { type CsvDialect, readRecords } from './csv-records';

/** A row of the file, or why there is none. */
export type CsvRow =
  | { readonly line: number; readonly cells: readonly string[] }
  /** The message continues a sentence that starts with “the row”. */
  | { readonly line: number; readonly problem: string };

const CARRIAGE_RETURN = 0x0d;

const TOO_LONG = `is longer than ${LONGEST_ROW} bytes: remove it, or look for a quote that is not closed before it`;
const BROKEN = 'has text behind a closing quote: write a quote within a cell twice, and put the whole cell in quotes';
const OPEN = 'opens a quote that is not closed: close it, or write a quote within a cell twice';

/** Lines that are looked at. */
interface CsvText {
  /** The number of the first line. */
  readonly line: number;
  readonly bytes: Buffer;
}

const NOTHING: CsvText = { line: 1, bytes: Buffer.alloc(0) };

/**
 * Reads rows; cells in quotes may have several lines. Empty lines are left out.
 * csv-parse reads as far as it can. Where it cannot, the line costs its own row and no other: it reads on with the next one.
 */
export async function* readRows(blocks: AsyncIterable<CsvBlock>, delimiter: string): AsyncGenerator<CsvRow> {
  let text = NOTHING;
  let enough = 0;
  for await (const { line, bytes } of blocks) {
    if (bytes === undefined) {
      yield* takeRows(text, delimiter, true).rows;
      yield { line, problem: TOO_LONG };
      text = NOTHING;
      enough = 0;
      continue;
    }
    text = text.bytes.length === 0 ? { line, bytes } : { ...text, bytes: Buffer.concat([text.bytes, bytes]) };
    if (text.bytes.length > enough) {
      const { rest, rows } = takeRows(text, delimiter, false);
      yield* rows;
      text = rest;
      // Looking again at every little piece would take time that grows with the square of a row's length.
      enough = Math.min(2 * rest.bytes.length, LONGEST_ROW);
    }
  }
  yield* takeRows(text, delimiter, true).rows;
}

/**
 * Takes the rows of a text.
 * @param isEnd whether a row that is open cannot go on; otherwise it is `rest`.
 */
export function takeRows(
  text: CsvText,
  delimiter: string,
  isEnd: boolean,
): { readonly rows: readonly CsvRow[]; readonly rest: CsvText } {
  const rows: CsvRow[] = [];
  let rest = behind(text, 0);
  while (rest.bytes.length > 0) {
    const { bytes, line } = rest;
    const dialect = { delimiter, bom: line === 1, relax_quotes: false };
    const { records, fault } = readRecords(bytes, dialect);
    const isSound = records.every(({ cells, end }) => {
      const length = end - (bytes.length - rest.bytes.length);
      if (length > LONGEST_ROW) {
        return false;
      }
      rows.push({ line: rest.line, cells });
      rest = behind(rest, length);
      return true;
    });
    if (rest.bytes.length === 0 || (fault?.kind === 'open' && !isEnd && rest.bytes.length <= LONGEST_ROW)) {
      break;
    }
    const strayPlace =
      isSound && fault?.kind === 'stray' ? fault.place - (bytes.length - rest.bytes.length) : undefined;
    const { end, row } = readFaulty(rest.bytes, strayPlace, dialect);
    rows.push({ line: rest.line, ...row });
    rest = behind(rest, end);
  }
  return { rows, rest };
}

interface FaultyRow {
  readonly row: { readonly cells: readonly string[] } | { readonly problem: string };
  readonly end: number;
}

/** What can be made of a row at fault, which the bytes begin with: cells, when quotes stray in it, or a problem of its first line. */
function readFaulty(bytes: Buffer, strayPlace: number | undefined, dialect: CsvDialect): FaultyRow {
  if (strayPlace !== undefined) {
    // All before this line is without fault, so what is read less strictly is no more than the row.
    const line = bytes.subarray(0, endOfLine(bytes, Math.max(strayPlace, 0)));
    const [record] = readRecords(line, { ...dialect, relax_quotes: true }).records;
    if (record !== undefined && record.end <= LONGEST_ROW) {
      return { row: { cells: record.cells }, end: record.end };
    }
  }
  const end = endOfLine(bytes, 0) ?? bytes.length;
  if (end > LONGEST_ROW) {
    return { row: { problem: TOO_LONG }, end };
  }
  const { fault } = readRecords(bytes.subarray(0, end), dialect);
  return { row: { problem: fault?.kind === 'closing' ? BROKEN : OPEN }, end };
}

/** The text behind a place and the empty lines there. */
function behind({ line, bytes }: CsvText, place: number): CsvText {
  let start = place;
  for (;;) {
    const lineEnd = bytes[start] === CARRIAGE_RETURN ? start + 1 : start;
    if (bytes[lineEnd] !== LINE_FEED) {
      return { line: line + countLineFeeds(bytes, 0, start), bytes: bytes.subarray(start) };
    }
    start = lineEnd + 1;
  }
}
