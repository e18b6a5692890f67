import { type Client } from '@temporalio/client';
import { type Deployment, startDeployment } from '../end-to-end/support/deployment';
import { expectNoViolations } from '../support/expect-no-violations';
import { until } from '../support/until';
import { clientOf, sweepNow } from '../sweep/support/sweep';
import { createLoad, type Load } from './support/load';

jest.setTimeout(300_000);

const MESSAGES = 200;

let deployment: Deployment;
let client: Client;
let closeClient: () => Promise<void>;

beforeAll(async () => {
  // The schedule itself stays quiet: the tests say when it sweeps.
  deployment = await startDeployment({
    variables: { POSTHORN_RECEIPT_QUIET_AFTER: '500ms', POSTHORN_SWEEP_INTERVAL: '24h' },
  });
  ({ client, close: closeClient } = clientOf(deployment));
});
afterAll(async () => {
  await closeClient();
  await deployment.stop();
});

/** Long enough for what was handed over last to count as quiet. */
async function becomeQuiet(load: Load, handedOver: number): Promise<void> {
  await until('Twilio to have all', () => load.atTwilio() === handedOver, 120_000);
  await deployment.simulator.control.whenIdle();
  const quietAt = Date.now() + 1_000;
  await until('the silence to be long enough', () => Date.now() > quietAt);
}

// That all of them are lost is test/sweep/sweep.test.ts.
test.each([
  [1, 100, 0],
  [10, 10, MESSAGES],
])('%i %% lose their webhooks: one sweep finds every final state', async (_percent, everyNth, recipientsBefore) => {
  const load = createLoad(deployment, { isUntold: (index) => index % everyNth === 1, recipientsBefore });
  await load.post(MESSAGES);
  await becomeQuiet(load, MESSAGES);
  const lost = MESSAGES / everyNth;
  await expect(sweepNow(client)).resolves.toMatchObject({ found: lost, deciding: lost });
  expect(await load.faults()).toEqual([]);
  await expectNoViolations({ ...deployment.evidence, acceptedMessageIds: load.acceptedIds() });
});
