import { existsSync } from 'node:fs';
import path from 'node:path';
import { bundleWorkflowCode, type WorkflowBundleOption } from '@temporalio/worker';
import { type Logger } from '../telemetry/logger';
import { createTemporalLogger } from './log-adapter';

/** Where `npm run build` puts the bundle, from the compiled form of this file. */
const BUILT_BUNDLE = path.join(__dirname, '..', '..', 'workflow-bundle.js');

const WORKFLOWS_ENTRY = path.join(__dirname, '..', '..', 'workflows', 'index');

/** The workflows as one script: the built one, or made anew from the sources. */
export async function loadWorkflowBundle(logger: Logger): Promise<WorkflowBundleOption> {
  return existsSync(BUILT_BUNDLE) ? { codePath: BUILT_BUNDLE } : await bundleWorkflows(logger);
}

/** Makes the bundle from the sources. What the bundler counts and lists is for debugging only. */
export async function bundleWorkflows(logger: Logger): Promise<{ code: string }> {
  const temporalLogger = createTemporalLogger(logger);
  return await bundleWorkflowCode({
    workflowsPath: require.resolve(WORKFLOWS_ENTRY),
    logger: { ...temporalLogger, info: (message, meta) => void temporalLogger.debug(message, meta) },
  });
}
