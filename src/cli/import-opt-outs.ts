import { type OptOutStore } from '../database/opt-out-store';
import { CsvFileError } from '../opt-outs/csv-file-error';
import { type ColumnMap } from '../opt-outs/import-columns';
import { importOptOuts as importFile, type ImportCounts, type ImportReport } from '../opt-outs/import-opt-outs';
import { type CliContext } from './cli-context';
import { EXIT_CODES } from './exit-codes';
import { openImportFile } from './import-file';
import { createImportProgress } from './import-progress';
import { UsageError } from './usage-error';

export interface ImportChoices {
  readonly dryRun: boolean;
  readonly map: ColumnMap;
  /** Who imports. */
  readonly by: string;
}

/**
 * `posthorn opt-outs import`: rows at fault go to standard error as they are met, together with the progress, and the sum to
 * standard output.
 */
export async function importOptOuts(
  context: CliContext,
  optOuts: Pick<OptOutStore, 'recordAll' | 'countNew'>,
  path: string,
  { by, dryRun, map }: ImportChoices,
): Promise<void> {
  const { bytes, chunks } = await openImportFile(path, context.input);
  const tellProgress = createImportProgress({ complain: context.complain, clock: () => performance.now(), bytes });
  let written: ImportCounts | undefined;
  try {
    const report = await importFile(optOuts, {
      file: chunks,
      map,
      howToMap: (field) => `--map ${field}=<column>`,
      actor: by,
      now: new Date().toISOString(),
      isDryRun: dryRun,
      onProblem: ({ line, message }) => context.complain(`line ${line}: ${message}\n`),
      onProgress: (counts) => {
        written = counts;
        tellProgress(counts);
      },
    });
    context.write(describe(report, dryRun));
    context.setExitCode(report.wrong === 0 ? EXIT_CODES.ok : EXIT_CODES.failed);
  } catch (error) {
    if (error instanceof CsvFileError) {
      throw new UsageError(error.message);
    }
    if (written !== undefined && !dryRun) {
      context.complain(
        `Up to row ${written.rows} all is in the ledger; the same command again completes the import.\n`,
      );
    }
    throw error;
  } finally {
    chunks.destroy();
  }
}

function describe({ added, columns, known, moved, rows, wrong }: ImportReport, isDryRun: boolean): string {
  const used = Object.entries(columns.used).map(([field, column]) => `${field} from ${JSON.stringify(column)}`);
  return [
    `Columns: ${used.join(', ')}.`,
    ...(columns.ignored.length === 0
      ? []
      : [`Ignored: ${columns.ignored.map((name) => JSON.stringify(name)).join(', ')}.`]),
    isDryRun
      ? `Rows ${rows}: ${added} would be added, ${known} known, ${wrong} wrong. Nothing was written.`
      : `Rows ${rows}: ${added} added, ${known} known, ${wrong} wrong; ${moved} states changed.`,
    '',
  ].join('\n');
}
