import { CsvFileError } from './csv-file-error';

/** Whole lines of a file, with their line ends. */
export interface CsvBlock {
  /** The number of the first line, from 1. */
  readonly line: number;
  /** Undefined stands for one line that is too long to be kept. */
  readonly bytes: Buffer | undefined;
}

/** Bytes. Far more than a row of a ledger has; what is longer is no row, and is not kept in memory. */
export const LONGEST_ROW = 64 * 1024;

export const LINE_FEED = 0x0a;
const UTF16_MARKS = ['fffe', 'feff'];

/**
 * Cuts a file between lines, into as many of them as each chunk completes: the grammar of CSV can then be read again from any line.
 * @throws CsvFileError when the file is UTF-16.
 */
export async function* readBlocks(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<CsvBlock> {
  let line = 1;
  let kept: Buffer | undefined = Buffer.alloc(0);
  for await (const chunk of chunks) {
    let bytes: Buffer = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
    if (kept === undefined) {
      const end = endOfLine(bytes, 0);
      if (end === undefined) {
        continue;
      }
      yield { line, bytes: undefined };
      line += 1;
      bytes = bytes.subarray(end);
    } else if (kept.length > 0) {
      bytes = Buffer.concat([kept, bytes]);
    }
    const end = bytes.lastIndexOf(LINE_FEED) + 1;
    if (end > 0) {
      yield blockOf(line, bytes.subarray(0, end));
      line += countLineFeeds(bytes, 0, end);
    }
    // A line that is too long by now is left out up to its end.
    kept = bytes.length - end > LONGEST_ROW ? undefined : bytes.subarray(end);
  }
  if (kept === undefined || kept.length > 0) {
    yield kept === undefined ? { line, bytes: undefined } : blockOf(line, kept);
  }
}

/** Where the line that this place is in ends, behind its line feed; undefined when it has none. */
export function endOfLine(bytes: Buffer, place: number): number | undefined {
  const lineFeed = bytes.indexOf(LINE_FEED, place);
  return lineFeed === -1 ? undefined : lineFeed + 1;
}

/** How many lines end between two places. */
export function countLineFeeds(bytes: Buffer, start: number, end: number): number {
  let count = 0;
  for (let at = bytes.indexOf(LINE_FEED, start); at !== -1 && at < end; at = bytes.indexOf(LINE_FEED, at + 1)) {
    count += 1;
  }
  return count;
}

function blockOf(line: number, bytes: Buffer): CsvBlock {
  if (line === 1 && UTF16_MARKS.includes(bytes.toString('hex', 0, 2))) {
    throw new CsvFileError([{ field: 'file', message: 'the file is UTF-16: save it as CSV in UTF-8' }]);
  }
  return { line, bytes };
}
