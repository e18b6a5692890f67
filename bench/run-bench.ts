import { setMaxListeners } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { type Client } from '@temporalio/client';
import { type Environment } from '../src/config/environment';
import { createResourceStack, type ResourceStack } from '../src/resource-stack';
import { type BenchContext } from './bench-context';
import { measureCost } from './cost/measure-cost';
import { measureImports } from './imports/measure-imports';
import { measureLedger } from './ledger/measure-ledger';
import { createRecipients } from './recipients';
import { machineFacts } from './report/machine-facts';
import { isMet } from './report/measurement';
import { reportLines, type Results } from './report/report-lines';
import { type Section } from './report/section';
import { measureReports } from './reports/measure-reports';
import { startServers } from './servers';
import { measureThroughput } from './throughput/measure-throughput';
import { measureWaiting } from './waiting/measure-waiting';
import { measureWebhooks } from './webhooks/measure-webhooks';

/** The parts that can be measured, in this order. */
const PARTS = {
  cost: measureCost,
  throughput: measureThroughput,
  webhooks: measureWebhooks,
  waiting: measureWaiting,
  imports: measureImports,
  ledger: measureLedger,
  reports: measureReports,
} as const satisfies Record<string, (context: BenchContext) => Promise<Section>>;

export type PartName = keyof typeof PARTS;
export const PART_NAMES = Object.keys(PARTS) as PartName[];

/** The others take minutes; what they have to show changes rarely. */
export const PARTS_BY_DEFAULT: readonly PartName[] = ['cost', 'throughput', 'webhooks'];

/** How long each thing that a part has started may take to stop, in milliseconds. */
const STOP_WITHIN_MS = 20_000;
const MS_PER_SECOND = 1_000;

/** What the person in front of the benchmark chooses. */
export interface BenchChoices {
  readonly quick: boolean;
  readonly only: readonly PartName[];
}

export interface BenchOptions extends BenchChoices {
  readonly environment: Environment;
  /** Everything that is started is put on it. */
  readonly resources: ResourceStack;
  readonly signal: AbortSignal;
  /** Where the results are written as JSON. */
  readonly resultsFile: string;
  readonly say: (line: string) => void;
}

/**
 * Measures, prints a table and writes the results.
 * @returns whether every target was met.
 */
export async function runBench(options: BenchOptions): Promise<boolean> {
  const { environment, quick, resources, resultsFile, say, signal } = options;
  const startedAt = Date.now();
  const seconds = (): number => Math.round((Date.now() - startedAt) / MS_PER_SECOND);
  const servers = await startServers({ environment, progress: say, resources, signal });
  const machine = await machineFacts(servers);
  const context = {
    servers,
    recipients: createRecipients(),
    progress: (line: string) => say(`[${seconds()} s] ${line}`),
    isQuick: quick,
  };
  const sections: Section[] = [];
  const results = (): Results => ({
    measuredAt: new Date(startedAt).toISOString(),
    seconds: seconds(),
    quick,
    machine,
    sections,
  });
  const keep = async (section: Section): Promise<void> => {
    sections.push(section);
    await writeFile(resultsFile, `${JSON.stringify(results(), undefined, 2)}\n`);
  };
  try {
    await withoutLateCalls(servers.client, signal, () => measureParts(options.only, context, resources, keep));
  } finally {
    // What was measured before a failure took minutes too.
    if (sections.length > 0) {
      reportLines(results()).forEach(say);
      say(`Every round of it: ${resultsFile}`);
    }
  }
  return sections.flatMap(({ measurements }) => measurements).every(isMet);
}

/**
 * Ends every call to Temporal that is under way when the work fails or is to end:
 * it would be repeated on a connection that is closed by then.
 */
async function withoutLateCalls<T>(client: Client, signal: AbortSignal, work: () => Promise<T>): Promise<T> {
  const ending = new AbortController();
  // Each call under way listens.
  setMaxListeners(Infinity, ending.signal);
  const end = (): void => ending.abort();
  signal.addEventListener('abort', end, { once: true });
  try {
    return await client.withAbortSignal(ending.signal, work);
  } finally {
    signal.removeEventListener('abort', end);
    end();
  }
}

/** Measures one part after the other; each starts processes of its own, and they stop before the next begins. */
async function measureParts(
  names: readonly PartName[],
  context: Omit<BenchContext, 'resources'>,
  resources: ResourceStack,
  onMeasured: (section: Section) => Promise<void>,
): Promise<void> {
  for (const name of PART_NAMES.filter((known) => names.includes(known))) {
    const ofPart = createResourceStack({
      stopWithinMs: STOP_WITHIN_MS,
      report: (problem) => context.progress(`${problem.name} did not stop: ${String(problem.error)}`),
    });
    resources.add(`part ${name}`, async () => {
      await ofPart.stopAll();
    });
    await onMeasured(await PARTS[name]({ ...context, resources: ofPart }));
    await ofPart.stopAll();
  }
}
