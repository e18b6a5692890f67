import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { readEnvironment } from '../../src/config/environment';
import { openTemporalServer } from '../../src/local/open-temporal-server';
import { startPostgres } from '../../src/local/postgres';
import { type TemporalServer } from '../../src/local/temporal-server';
import { createResourceStack } from '../../src/resource-stack';
import { createLogger } from '../../src/telemetry/logger';
import { connectClient } from '../../src/temporal/connect-client';
import { addSearchAttributes } from '../../src/temporal/search-attribute-setup';
import { bundleWorkflows } from '../../src/temporal/workflow-bundle';
import { TEST_RESOURCES, type WithTestResources } from './test-resources';

const STOP_WITHIN_MS = 15_000;
/** A first run fetches the Temporal server; a run that takes longer than this is stuck. */
const START_WITHIN_MS = 10 * 60_000;

/**
 * Starts one Postgres and one Temporal server for the whole run, and bundles the workflows once.
 * The tests find them through `test-services.ts`.
 */
export default async function globalSetup(): Promise<void> {
  const resources = createResourceStack({
    stopWithinMs: STOP_WITHIN_MS,
    report: ({ name, error }) => progress(`${name} did not stop: ${String(error)}`),
  });
  (globalThis as WithTestResources)[TEST_RESOURCES] = resources;
  const environment = readEnvironment();
  const signal = AbortSignal.timeout(START_WITHIN_MS);
  const [postgres, temporal, bundlePath] = await Promise.all([
    startPostgres({ databaseUrl: environment['DATABASE_URL'], durable: false, progress, signal }),
    openTemporalServer({ environment, signal, namespace: 'default', searchAttributes: {}, ui: false, progress }),
    writeBundle(resources.add),
  ]);
  resources.use('Postgres', postgres);
  resources.use('Temporal server', temporal);
  await prepareNamespace(temporal);
  process.env['TEST_DATABASE_URL'] = postgres.url;
  process.env['TEST_TEMPORAL_ADDRESS'] = temporal.address;
  process.env['TEST_WORKFLOW_BUNDLE'] = bundlePath;
}

async function prepareNamespace({ address, namespace }: TemporalServer): Promise<void> {
  const { client, close } = connectClient({ namespace, connectionOptions: { address } }, []);
  await addSearchAttributes(client);
  await close();
}

async function writeBundle(add: (name: string, stop: () => Promise<void>) => void): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'posthorn-test-'));
  add('workflow bundle', () => rm(folder, { recursive: true }));
  const { code } = await bundleWorkflows(createLogger({ level: 'error', name: 'test' }));
  const bundlePath = path.join(folder, 'workflows.js');
  await writeFile(bundlePath, code);
  return bundlePath;
}

function progress(line: string): void {
  process.stderr.write(`${line}\n`);
}
