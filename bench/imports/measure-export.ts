import path from 'node:path';
import { type BenchContext } from '../bench-context';
import { startPart } from '../process/start-part';
import { type Measurement } from '../report/measurement';
import { digestRows, type NamedCells } from './digest-rows';
import { type ExporterPlaces, type ExportFacts } from './exporter';

const MS_PER_SECOND = 1_000;
const BYTES_PER_MIB = 1024 ** 2;
const DIGITS_SHOWN = 16;

/** What is compared, for the reader of the table. */
export const EXPORT_METHOD =
  'What the ledger then holds, which was empty before, is exported by a process of its own, as `posthorn opt-outs export` does. Address, sender, channel, category, direction, time and reason of all rows of both files are compared by the sum of their SHA-256, as the files have them in different orders.';

/** Exports the ledger to a file beside the imported one, and compares the two. */
export async function measureExport({ resources, servers }: BenchContext, imported: string): Promise<Measurement[]> {
  const exported = path.join(path.dirname(imported), 'exported.csv');
  const exporter = resources.use(
    'exporter',
    await startPart<ExporterPlaces, undefined>({
      entry: require.resolve('./exporter'),
      settings: { databaseUrl: servers.databaseUrl },
    }),
  );
  const facts = await exporter.ask<ExportFacts>(exported);
  await exporter.stop();
  const before = await digestRows(imported, importedFacts);
  const after = await digestRows(exported, factsOf);
  const seconds = facts.durationMs / MS_PER_SECOND;
  return [
    {
      name: 'export: duration',
      value: seconds,
      unit: 's',
      note: `${Math.round(facts.bytes / BYTES_PER_MIB)} MiB; processor time of the process ${(facts.processorMs / MS_PER_SECOND).toFixed(1)} s`,
      data: facts,
    },
    { name: 'export: rows', value: after.rows / seconds, unit: 'a second' },
    { name: 'export: memory', value: facts.peakMemoryBytes / BYTES_PER_MIB, unit: 'MiB' },
    {
      name: 'export: is the import, 1 or 0',
      value: before.rows === after.rows && before.digest === after.digest ? 1 : 0,
      unit: '',
      target: { atLeast: 1 },
      note: `imported ${before.rows} rows, ${before.digest.slice(0, DIGITS_SHOWN)}…; exported ${after.rows}, ${after.digest.slice(0, DIGITS_SHOWN)}…`,
      data: { before, after },
    },
  ];
}

function importedFacts({ comment, date, phone, sender, status }: NamedCells): readonly string[] {
  return factsOf({ address: phone, sender, optedOut: String(status === 'unsubscribed'), at: date, reason: comment });
}

const FACTS = ['address', 'sender', 'channel', 'category', 'optedOut', 'at', 'reason'] as const;

/** A column that is not there is an empty one. */
function factsOf(row: Readonly<Partial<Record<string, string>>>): readonly string[] {
  return FACTS.map((fact) => row[fact] ?? '');
}
