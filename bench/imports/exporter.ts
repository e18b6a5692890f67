import { stat } from 'node:fs/promises';
import { exportOptOuts } from '../../src/cli/export-opt-outs';
import { createDatabase } from '../../src/database/client';
import { createOptOutStore } from '../../src/database/opt-out-store';
import { runPart } from '../process/run-part';

export interface ExporterPlaces {
  readonly databaseUrl: string;
}

/** What an export came to. */
export interface ExportFacts {
  readonly durationMs: number;
  /** Processor time of the exporting process while it exported. */
  readonly processorMs: number;
  /** Of the file. */
  readonly bytes: number;
  /** Of the exporting process since it began. */
  readonly peakMemoryBytes: number;
}

const BYTES_PER_KIB = 1024;
const US_PER_MS = 1_000;

/** `posthorn opt-outs export` in a process of its own; every question is the path of a file that it writes. */
runPart<ExporterPlaces, undefined>(({ databaseUrl }, { resources }) => {
  const knex = createDatabase({ url: databaseUrl, poolMax: 1, applicationName: 'posthorn bench' });
  resources.add('database pool', () => knex.destroy());
  const optOuts = createOptOutStore(knex);
  const exportTo = async (file: string): Promise<ExportFacts> => {
    const startedAt = performance.now();
    const usedBefore = process.cpuUsage();
    await exportOptOuts({ output: process.stdout }, optOuts, file, false);
    const { system, user } = process.cpuUsage(usedBefore);
    return {
      durationMs: performance.now() - startedAt,
      processorMs: (system + user) / US_PER_MS,
      bytes: (await stat(file)).size,
      peakMemoryBytes: process.resourceUsage().maxRSS * BYTES_PER_KIB,
    };
  };
  return Promise.resolve({ facts: undefined, answer: (file) => exportTo(String(file)) });
});
