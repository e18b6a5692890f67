import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { historyToJSON } from '@temporalio/common/lib/proto-utils';
import globalSetup from '../test/support/global-setup';
import globalTeardown from '../test/support/global-teardown';
import { CALL_SCENARIOS } from '../test/replay/support/call-scenarios';
import { REPAIRS } from '../test/replay/support/repairs';
import { SCENARIOS } from '../test/replay/support/scenarios';
import { startDeliveryHarness } from '../test/workflow/support/delivery-harness';
import { runWorkflow } from '../test/workflow/support/run-workflow';
import packageJson from '../package.json';

const ROOT = path.join(__dirname, '..');
/** Another folder may be named on the command line, to see whether every scenario runs. */
const FOLDER = process.argv[2] ?? path.join(ROOT, 'test', 'replay', 'histories', packageJson.version);

/** Where a history was recorded is nobody's business: stack traces name the checkout, identities the machine. */
function write(name: string, history: string): void {
  const anonymous = history.replaceAll(ROOT, '').replaceAll(/\b\d+@[\w.-]+/g, '1@recorder');
  writeFileSync(path.join(FOLDER, `${name}.json`), `${anonymous}\n`);
  process.stdout.write(`${name}\n`);
}

/** Records the history of every scenario into the folder of the current version. Run before a release that changes a workflow. */
async function main(): Promise<void> {
  mkdirSync(FOLDER, { recursive: true });
  await globalSetup();
  try {
    const harness = await startDeliveryHarness();
    for (const [name, makeScenario] of Object.entries({ ...SCENARIOS, ...CALL_SCENARIOS })) {
      const { children = {}, input, play, script } = makeScenario();
      Object.entries(children).forEach(([messageId, childScript]) => harness.play(messageId, childScript));
      const handle = await harness.start(input, script);
      await play?.(handle, harness);
      await handle.result();
      write(name, historyToJSON(await handle.fetchHistory()));
    }
    await harness.stop();
    for (const [name, run] of Object.entries(REPAIRS)) {
      await runWorkflow(run, async (handle) => {
        await handle.result();
        write(name, historyToJSON(await handle.fetchHistory()));
      });
    }
  } finally {
    await globalTeardown();
  }
}

void main();
