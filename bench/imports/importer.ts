import { createReadStream } from 'node:fs';
import { createDatabase } from '../../src/database/client';
import { createOptOutStore, type OptOutStore } from '../../src/database/opt-out-store';
import { importOptOuts, type ImportCounts } from '../../src/opt-outs/import-opt-outs';
import { runPart } from '../process/run-part';

export interface ImporterPlaces {
  readonly databaseUrl: string;
}

/** What an import came to. */
export interface ImportFacts extends ImportCounts {
  readonly durationMs: number;
  /** Processor time of the importing process while it imported. */
  readonly processorMs: number;
  /** Of each batch, which is a statement and a transaction: how long Postgres took. */
  readonly batchesMs: readonly number[];
  /** Of the importing process since it began. */
  readonly peakMemoryBytes: number;
}

const BYTES_PER_KIB = 1024;
const US_PER_MS = 1_000;

/** `posthorn opt-outs import` in a process of its own; every question is the path of a file that it imports. */
runPart<ImporterPlaces, undefined>(({ databaseUrl }, { resources }) => {
  const knex = createDatabase({ url: databaseUrl, poolMax: 1, applicationName: 'posthorn bench' });
  resources.add('database pool', () => knex.destroy());
  const optOuts = createOptOutStore(knex);
  return Promise.resolve({ facts: undefined, answer: (file) => importFile(optOuts, String(file)) });
});

async function importFile(optOuts: OptOutStore, file: string): Promise<ImportFacts> {
  const batchesMs: number[] = [];
  const recordAll: OptOutStore['recordAll'] = async (statements) => {
    const startedAt = performance.now();
    const recorded = await optOuts.recordAll(statements);
    batchesMs.push(performance.now() - startedAt);
    return recorded;
  };
  const startedAt = performance.now();
  const usedBefore = process.cpuUsage();
  const report = await importOptOuts(
    { ...optOuts, recordAll },
    {
      file: createReadStream(file),
      map: {},
      howToMap: () => '',
      actor: 'bench',
      now: new Date().toISOString(),
      isDryRun: false,
      onProblem: () => undefined,
    },
  );
  const { system, user } = process.cpuUsage(usedBefore);
  return {
    ...report,
    batchesMs,
    durationMs: performance.now() - startedAt,
    processorMs: (system + user) / US_PER_MS,
    peakMemoryBytes: process.resourceUsage().maxRSS * BYTES_PER_KIB,
  };
}
