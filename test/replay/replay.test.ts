import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { DeterminismViolationError } from '@temporalio/workflow';
import { bundleWorkflowCode, Worker } from '@temporalio/worker';
import { createLogger } from '../../src/telemetry/logger';
import { createTemporalLogger } from '../../src/temporal/log-adapter';
import { installQuietRuntime } from '../support/quiet-runtime';
import { testServices } from '../support/test-services';
import { CALL_SCENARIOS } from './support/call-scenarios';
import { REPAIRS } from './support/repairs';
import { SCENARIOS } from './support/scenarios';

/** One folder for each version of the workflow that was ever shipped; `npx tsx scripts/record-histories.ts` adds the current one. */
const HISTORIES = path.join(__dirname, 'histories');
const files = readdirSync(HISTORIES, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.json'));

const historyOf = (file: string): unknown => JSON.parse(readFileSync(path.join(HISTORIES, file), 'utf8'));

beforeAll(installQuietRuntime);

it.each(files)('replays %s', async (file) => {
  const { workflowBundlePath: codePath } = testServices();
  await expect(Worker.runReplayHistory({ workflowBundle: { codePath } }, historyOf(file))).resolves.toBeUndefined();
});

it('has every scenario in the newest version', () => {
  const [newest] = [...new Set(files.map((file) => path.dirname(file)))].sort().reverse();
  const names = files.filter((file) => path.dirname(file) === newest).map((file) => path.basename(file, '.json'));
  expect(names.sort()).toEqual(Object.keys({ ...SCENARIOS, ...CALL_SCENARIOS, ...REPAIRS }).sort());
});

it('fails for a workflow that no longer follows the recorded road', async () => {
  const logger = createTemporalLogger(createLogger({ level: 'silent', name: 'test' }));
  const workflowBundle = await bundleWorkflowCode({
    workflowsPath: require.resolve('./fixtures/changed-workflow'),
    logger,
  });
  const [file = ''] = files.filter((name) => name.endsWith('/delivered.json'));
  await expect(Worker.runReplayHistory({ workflowBundle }, historyOf(file))).rejects.toBeInstanceOf(
    DeterminismViolationError,
  );
});
