import { until } from '../support/until';
import { type Deployment, startDeployment } from './support/deployment';

jest.setTimeout(120_000);

let deployment: Deployment;
beforeAll(async () => {
  deployment = await startDeployment({ variables: { METRICS_PORT: '0', POSTHORN_SWEEP_INTERVAL: '1s' } });
});
afterAll(() => deployment.stop());

/** The page of the worker, whose port its log says. */
async function workerMetrics(): Promise<string> {
  const line =
    deployment.workerProcess
      .output()
      .split('\n')
      .find((text) => text.includes('metrics are served')) ?? '{}';
  const { port } = JSON.parse(line) as { port?: number };
  return await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
}

test('the worker serves what became of messages, its requests to Twilio, the sweep, Node and Temporal', async () => {
  const { body } = await deployment.api.request('POST', '/v1/messages', { to: '+12025550181', body: 'Good morning.' });
  await deployment.closed(body.id);
  const page = await until(
    'the sweep to be counted',
    async () => {
      const text = await workerMetrics();
      return /^posthorn_sweep_results_total\{result="polled"\}/m.test(text) && text;
    },
    30_000,
  );
  expect(page).toMatch(/^posthorn_messages_closed_total\{kind="delivered",channel="sms",.*\} 1$/m);
  expect(page).toMatch(/^posthorn_message_duration_seconds_count\{kind="delivered"\} 1$/m);
  expect(page).toMatch(/^posthorn_twilio_request_duration_seconds_count\{operation="POST Messages",status="201"\} 1$/m);
  expect(page).toMatch(/^posthorn_sweep_last_timestamp_seconds [1-9]/m);
  expect(page).toMatch(/^posthorn_database_connections\{state="free"\} \d/m);
  expect(page).toMatch(/^process_cpu_seconds_total \d/m);
  expect(page).toMatch(/^temporal_workflow_completed_total\{.*\} \d/m);
  expect(page).not.toContain('2025550181');
});

test('the API serves its own, Node’s among them', async () => {
  const page = await (await fetch(`${deployment.apiUrl}/metrics`)).text();
  expect(page).toMatch(/^posthorn_messages_accepted_total\{channel="sms",.*\} 1$/m);
  expect(page).toMatch(/^nodejs_eventloop_lag_seconds \d/m);
});
