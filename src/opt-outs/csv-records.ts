import { CsvError, parse } from 'csv-parse/sync';

/** What is between line ends that are not in quotes. */
export interface CsvRecord {
  readonly cells: readonly string[];
  /** The place behind it and its line end. */
  readonly end: number;
}

/** Why csv-parse did not read on. */
export interface CsvFault {
  /**
   * `open`: a quote is not closed. `closing`: something stands between a closing quote and the next delimiter.
   * `stray`: a quote stands within a cell that does not begin with one.
   */
  readonly kind: 'open' | 'closing' | 'stray';
  /** A place in the line of a stray quote. */
  readonly place: number;
}

export interface CsvReading {
  /** Those before the fault; empty lines are left out. */
  readonly records: readonly CsvRecord[];
  readonly fault?: CsvFault;
}

export interface CsvDialect {
  /** One character. */
  readonly delimiter: string;
  /** Whether a byte order mark may come first. */
  readonly bom: boolean;
  /** Takes stray quotes for characters, as spreadsheets do. */
  readonly relax_quotes: boolean;
}

/** Source: https://csv.js.org/parse/errors/ */
const FAULTS: Readonly<Record<string, CsvFault['kind']>> = {
  CSV_QUOTE_NOT_CLOSED: 'open',
  CSV_INVALID_CLOSING_QUOTE: 'closing',
  INVALID_OPENING_QUOTE: 'stray',
};

/** Reads records of UTF-8 up to the first fault. What is no UTF-8 becomes U+FFFD. */
export function readRecords(bytes: Buffer, dialect: CsvDialect): CsvReading {
  const records: CsvRecord[] = [];
  try {
    parse(bytes, {
      ...dialect,
      record_delimiter: ['\r\n', '\n'],
      relax_column_count: true,
      skip_empty_lines: true,
      on_record: (cells: string[], { bytes: end }) => {
        records.push({ cells, end });
        return null;
      },
    });
  } catch (error) {
    const kind = error instanceof CsvError ? FAULTS[error.code] : undefined;
    if (kind === undefined) {
      throw error;
    }
    return { records, fault: { kind, place: Number((error as CsvError)['bytes']) } };
  }
  return { records };
}
