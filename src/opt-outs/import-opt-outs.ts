import { type OptOutStatement, type OptOutStore, type RecordedCount } from '../database/opt-out-store';
import { readTable } from './csv-table';
import { type CsvRow } from './csv-rows';
import { type ColumnMap, findColumns, type ImportColumns, type ImportField } from './import-columns';
import { RowError } from './row-error';
import { type ImportOrigin, statementOfRow } from './statement-of-row';

/** A row that was not taken. The message names field and remedy. */
export interface RowProblem {
  /** Where the row begins in the file, from 1. */
  readonly line: number;
  readonly field: string;
  readonly message: string;
}

/** How far an import is. All are numbers of rows but `moved`. */
export interface ImportCounts {
  readonly rows: number;
  /** New in the history; in a dry run those that would be. */
  readonly added: number;
  /** Said before. */
  readonly known: number;
  readonly wrong: number;
  /** States that are another now, by address and scope; 0 in a dry run. */
  readonly moved: number;
}

export interface ImportReport extends ImportCounts {
  readonly columns: Pick<ImportColumns, 'used' | 'ignored'>;
}

export interface ImportOptions extends ImportOrigin {
  readonly file: AsyncIterable<Uint8Array>;
  readonly map: ColumnMap;
  /** How to name a column, for errors. */
  readonly howToMap: (field: ImportField) => string;
  /** Looks up what is new and writes nothing. */
  readonly isDryRun: boolean;
  readonly onProblem: (problem: RowProblem) => void;
  /** After each batch. */
  readonly onProgress?: (counts: ImportCounts) => void;
}

/**
 * Rows of one statement. Each is a transaction of its own, short enough that a webhook or a send that needs one of its rows
 * does not notice.
 */
const BATCH_ROWS = 250;

/**
 * Takes a CSV file into the ledger, a batch at a time and in bounded memory. A row that is wrong does not hold up the others, and
 * a row that is known changes nothing, so an import that was cut off is completed by repeating it.
 * @throws CsvFileError when the file cannot be read at all.
 */
export async function importOptOuts(
  optOuts: Pick<OptOutStore, 'recordAll' | 'countNew'>,
  options: ImportOptions,
): Promise<ImportReport> {
  const { header, rows } = await readTable(options.file);
  const columns = findColumns(header, options.map, options.howToMap);
  const counts = { rows: 0, added: 0, known: 0, wrong: 0, moved: 0 };
  const write = async (batch: readonly OptOutStatement[]): Promise<void> => {
    const { added, moved }: RecordedCount = options.isDryRun
      ? { added: await optOuts.countNew(batch), moved: 0 }
      : await optOuts.recordAll(batch);
    counts.added += added;
    counts.moved += moved;
    counts.known += batch.length - added;
    options.onProgress?.({ ...counts });
  };
  let batch: OptOutStatement[] = [];
  for await (const row of rows) {
    counts.rows += 1;
    const statement = readRow(row, columns, options);
    if (statement === undefined) {
      counts.wrong += 1;
    } else {
      batch.push(statement);
    }
    if (batch.length === BATCH_ROWS) {
      await write(batch);
      batch = [];
    }
  }
  await write(batch);
  return { ...counts, columns: { used: columns.used, ignored: columns.ignored } };
}

function readRow(row: CsvRow, columns: ImportColumns, options: ImportOptions): OptOutStatement | undefined {
  if ('problem' in row) {
    options.onProblem({ line: row.line, field: 'row', message: `row ${row.problem}` });
    return undefined;
  }
  try {
    return statementOfRow(row.cells, columns, options);
  } catch (error) {
    if (!(error instanceof RowError)) {
      throw error;
    }
    options.onProblem({ line: row.line, field: error.field, message: error.message });
    return undefined;
  }
}
