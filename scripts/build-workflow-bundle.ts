/**
 * Makes dist/workflow-bundle.js, the workflows as one script: the last step of `npm run build`. Workers that run from
 * dist take it from there and start without a bundler.
 */
import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { createLogger } from '../src/telemetry/logger';
import { bundleWorkflows } from '../src/temporal/workflow-bundle';

const BUNDLE_FILE = resolve(__dirname, '../dist/workflow-bundle.js');

async function main(): Promise<void> {
  const { code } = await bundleWorkflows(createLogger({ level: 'warn', name: 'build', destination: process.stderr }));
  await writeFile(BUNDLE_FILE, code);
}

void main();
