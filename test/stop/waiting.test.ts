import { type Deployment, startDeployment } from '../end-to-end/support/deployment';
import { until } from '../support/until';
import { expectNoViolations } from '../support/expect-no-violations';

jest.setTimeout(120_000);

const SENDER = '+12025550100';

let deployment: Deployment;
beforeAll(async () => {
  deployment = await startDeployment();
});
afterAll(async () => {
  await deployment.simulator.control.whenIdle();
  await expectNoViolations(deployment.evidence);
  await deployment.stop();
});

const post = async (body: object): Promise<string> =>
  (await deployment.api.request('POST', '/v1/messages', { body: 'Your table is ready.', ...body })).body.id;

async function inStatus(messageId: string, status: string): Promise<void> {
  await until(
    `${messageId} is ${status}`,
    async () => (await deployment.api.request('GET', `/v1/messages/${messageId}`)).body.status === status,
    20_000,
  );
}

const script = (address: string, ...steps: { status: 'sent' | 'delivered' | 'failed'; errorCode?: number }[]): void =>
  deployment.simulator.control.scriptAddress({ address, scripts: [{ messages: 'all', script: { steps } }] });

async function putOptOut(address: string, scope?: object): Promise<void> {
  await deployment.api.request('PUT', `/v1/opt-outs/${address}`, scope === undefined ? {} : { scope });
}

it('a STOP ends a scheduled message long before its time', async () => {
  const to = '+12025550171';
  const id = await post({ to, sendAt: new Date(Date.now() + 3_600_000).toISOString() });
  await putOptOut(to);
  const { outcome, attempts } = await deployment.closed(id);
  expect(outcome).toMatchObject({ kind: 'opted_out', attempt: 0 });
  expect(attempts).toEqual([]);
});

it('the word of a recipient ends a backoff, and the reason says what was sent', async () => {
  const to = '+12025550172';
  script(to, { status: 'failed', errorCode: 30008 });
  const retry = { initialDelay: '1h', factor: 1, maxDelay: '1h' };
  const id = await post({ to, policy: { retry } });
  await inStatus(id, 'backing_off');
  deployment.simulator.control.receiveInbound({ from: to, to: SENDER, body: 'stop' });
  const { attempts, outcome } = await deployment.closed(id);
  expect(outcome).toMatchObject({ kind: 'opted_out', attempt: 1 });
  expect(outcome?.reason).toContain('attempt 1, which did not arrive (error 30008)');
  expect(attempts).toHaveLength(1);
});

it('a STOP ends the wait for a receipt, and a receipt that comes later still counts', async () => {
  const to = '+12025550173';
  script(to, { status: 'sent' });
  const id = await post({ to, policy: { deliveryTimeout: '1h', onTimeout: 'retry' } });
  await inStatus(id, 'awaiting_receipt');
  await putOptOut(to);
  const { attempts, outcome } = await deployment.closed(id);
  expect(outcome).toMatchObject({ kind: 'opted_out', attempt: 1 });
  expect(outcome?.reason).toContain('cannot be called back and may still arrive');
  const { messageSid } = attempts[0] ?? {};
  await deployment.simulator.control.updateReceipt({ messageSid: messageSid ?? '', status: 'delivered' });
  await until(
    'the correction',
    async () => (await deployment.api.request('GET', `/v1/messages/${id}`)).body.outcome?.kind === 'delivered',
    20_000,
  );
});

it('a STOP for another sender leaves the message alone', async () => {
  const to = '+12025550174';
  script(to, { status: 'sent' });
  const id = await post({ to, policy: { deliveryTimeout: '3s', onTimeout: 'accept' } });
  await inStatus(id, 'awaiting_receipt');
  await putOptOut(to, { sender: '+12025550199' });
  expect((await deployment.closed(id)).outcome).toMatchObject({ kind: 'unconfirmed' });
});

it('a STOP before an escalation holds back the next step too', async () => {
  const to = '+12025550175';
  script(to, { status: 'failed', errorCode: 30006 });
  await putOptOut(to, { channel: 'whatsapp' });
  const whatsapp = { channel: 'whatsapp', from: '+12025550101' };
  const id = await post({ to, policy: { escalation: [whatsapp] } });
  expect((await deployment.closed(id)).outcome).toMatchObject({ kind: 'opted_out', attempt: 2 });
});

it('an address that cannot be reached is written to once, until somebody lifts that', async () => {
  const to = '+12025550176';
  script(to, { status: 'failed', errorCode: 30005 });
  expect((await deployment.closed(await post({ to }))).outcome).toMatchObject({ kind: 'undeliverable' });
  const { outcome } = await deployment.closed(await post({ to }));
  expect(outcome).toMatchObject({ kind: 'suppressed', errorCode: 30005 });
  expect(outcome?.reason).toMatch(/error 30005.* until \d{4}-.*lift/);

  script(to, { status: 'delivered' });
  await deployment.api.request('DELETE', `/v1/suppressions/${to}`, { reason: 'a new handset' });
  expect((await deployment.closed(await post({ to }))).outcome).toMatchObject({ kind: 'delivered' });
  const { conversations } = deployment.simulator.control.snapshot({ address: to });
  expect(conversations.flatMap(({ messages }) => messages)).toHaveLength(2);
});
