import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type BenchContext } from '../bench-context';
import { type RunningPart, startPart } from '../process/start-part';
import { type Measurement } from '../report/measurement';
import { type Section } from '../report/section';
import { percentile } from '../statistics/percentile';
import { type ImporterPlaces, type ImportFacts } from './importer';
import { EXPORT_METHOD, measureExport } from './measure-export';
import { measureSends, sendsMethod } from './measure-sends';
import { writeRows } from './write-rows';

const ROWS = 1_000_000;
const ROWS_QUICK = 20_000;
const MS_PER_SECOND = 1_000;
const BYTES_PER_MIB = 1024 ** 2;

/** An import of a large list of opt-outs, once into a ledger that does not know it and once more, its export, and an import beside sends. */
export async function measureImports(context: BenchContext): Promise<Section> {
  const { isQuick, progress, resources } = context;
  const rows = isQuick ? ROWS_QUICK : ROWS;
  const folder = await mkdtemp(path.join(tmpdir(), 'posthorn-bench-'));
  resources.add('file of opt-outs', () => rm(folder, { recursive: true, force: true }));
  const file = path.join(folder, 'opt-outs.csv');
  await writeRows(file, rows, 2024);
  const measurements: Measurement[] = [];
  for (const name of ['new rows', 'the same rows again']) {
    const importer = await startImporter(context, name);
    const facts = await importer.ask<ImportFacts>(file);
    await importer.stop();
    measurements.push(...measurementsOf(name, facts));
    progress(`imports: ${name}, ${facts.added} added in ${Math.round(facts.durationMs / MS_PER_SECOND)} s`);
  }
  measurements.push(...(await measureExport(context, file)));
  progress('imports: exported again');
  await writeRows(file, rows, 2025);
  const importer = await startImporter(context, 'rows while messages are sent');
  const sends = await measureSends(context, async () => {
    const facts = await importer.ask<ImportFacts>(file);
    measurements.push(...measurementsOf('new rows while messages are sent', facts));
  });
  return {
    title: 'imports of opt-outs',
    method: [
      `A CSV file of ${rows} rows is imported by a process of its own, first while nothing else is going on. Memory is the largest resident set of that process; a batch is a statement and a transaction of its own.`,
      EXPORT_METHOD,
      ...sendsMethod(isQuick),
    ],
    measurements: [...measurements, ...sends],
  };
}

async function startImporter({ resources, servers }: BenchContext, name: string): Promise<RunningPart<undefined>> {
  const importer = await startPart<ImporterPlaces, undefined>({
    entry: require.resolve('./importer'),
    settings: { databaseUrl: servers.databaseUrl },
  });
  return resources.use(`importer of ${name}`, importer);
}

function measurementsOf(name: string, { batchesMs, ...facts }: ImportFacts): Measurement[] {
  const seconds = facts.durationMs / MS_PER_SECOND;
  const inPostgresMs = batchesMs.reduce((sum, ms) => sum + ms, 0);
  return [
    {
      name: `${name}: duration`,
      value: seconds,
      unit: 's',
      note: `of it ${Math.round(inPostgresMs / MS_PER_SECOND)} s in Postgres; processor time of the process ${Math.round(facts.processorMs / MS_PER_SECOND)} s`,
      data: facts,
    },
    { name: `${name}: rows`, value: facts.rows / seconds, unit: 'a second' },
    {
      name: `${name}: a batch, p99`,
      value: percentile(batchesMs, 0.99),
      unit: 'ms',
      note: `p50 ${Math.round(percentile(batchesMs, 0.5))} ms, longest ${Math.round(percentile(batchesMs, 1))} ms`,
    },
    { name: `${name}: memory`, value: facts.peakMemoryBytes / BYTES_PER_MIB, unit: 'MiB' },
  ];
}
