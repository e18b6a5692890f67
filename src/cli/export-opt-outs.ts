import { createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { type OptOutStore } from '../database/opt-out-store';
import { withDatabaseErrors } from '../database/with-database-errors';
import { type CliContext } from './cli-context';

/**
 * `posthorn opt-outs export`.
 * @param path `-` for standard output.
 */
export async function exportOptOuts(
  { output }: Pick<CliContext, 'output'>,
  optOuts: Pick<OptOutStore, 'export'>,
  path: string,
  ofHistory: boolean,
): Promise<void> {
  const csv = await optOuts.export({ ofHistory });
  await withDatabaseErrors(() =>
    path === '-' ? pipeline(csv, output, { end: false }) : pipeline(csv, createWriteStream(path)),
  );
}
