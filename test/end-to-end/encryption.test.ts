import { randomBytes } from 'node:crypto';
import { historyToJSON } from '@temporalio/common/lib/proto-utils';
import { connectClient } from '../../src/temporal/connect-client';
import { type Deployment, startDeployment } from './support/deployment';

jest.setTimeout(120_000);

let deployment: Deployment;
beforeAll(async () => {
  const keys = `2026:${randomBytes(32).toString('base64')}`;
  deployment = await startDeployment({ variables: { POSTHORN_ENCRYPTION_KEYS: keys } });
});
afterAll(() => deployment.stop());

it('keeps numbers and texts out of what Temporal stores', async () => {
  const accepted = await deployment.api.request('POST', '/v1/messages', {
    to: '+12025550123',
    body: 'Your code is 4711.',
  });
  await expect(deployment.closed(accepted.body.id)).resolves.toMatchObject({ outcome: { kind: 'delivered' } });

  const { TEMPORAL_ADDRESS: address = '', TEMPORAL_NAMESPACE: namespace = '' } = deployment.environment;
  const { client, close } = connectClient({ namespace, connectionOptions: { address } }, []);
  const history = historyToJSON(await client.workflow.getHandle(accepted.body.workflowId).fetchHistory());
  await close();
  const payloads = [...history.matchAll(/"data": "([^"]*)"/g)].map(([, data = '']) =>
    Buffer.from(data, 'base64').toString('latin1'),
  );
  expect(payloads.length).toBeGreaterThan(3);
  expect(payloads.filter((payload) => /2025550123|4711/.test(payload))).toEqual([]);
});
