import { until } from '../support/until';
import { type Deployment, startDeployment } from './support/deployment';
import { startProcess } from './support/service-process';

jest.setTimeout(120_000);
const WITHIN_MS = 30_000;
const HOUR_MS = 3_600_000;

/** The time of day at a distance from now, in UTC. */
const timeOfDay = (hoursFromNow: number): string =>
  new Date(Date.now() + hoursFromNow * HOUR_MS).toISOString().slice(11, 16);
const FUTURE = { sendAt: new Date(Date.now() + 24 * HOUR_MS).toISOString() };
const AT_NIGHT = { category: 'marketing', timeZone: 'UTC' };

let deployment: Deployment;
beforeAll(async () => {
  // In Britain it is night now, and will be for hours.
  const quietHours = { GB: { text: { marketing: { from: timeOfDay(6), to: timeOfDay(12) } } } };
  deployment = await startDeployment({ variables: { POSTHORN_QUIET_HOURS: JSON.stringify(quietHours) } });
});
afterAll(() => deployment.stop());

const RECIPIENT = '+447400123456';
async function post(fields: object): Promise<string> {
  const { body } = await deployment.api.request('POST', '/v1/messages', { to: RECIPIENT, body: 'Hello', ...fields });
  return body.id;
}
const ask = (messageId: string, what: string, json: object = {}) =>
  deployment.api.request('POST', `/v1/messages/${messageId}/${what}`, json);
const isNow = (messageId: string, status: string) =>
  until(
    `the message to be ${status}`,
    async () => (await deployment.api.request('GET', `/v1/messages/${messageId}`)).body.status === status,
    WITHIN_MS,
  );
const sent = (): number =>
  deployment.simulator.control
    .snapshot({ address: RECIPIENT })
    .conversations.reduce((count, { messages }) => count + messages.length, 0);

it('a scheduled message is there, is not sent, and is canceled at once', async () => {
  const messageId = await post(FUTURE);
  await isNow(messageId, 'scheduled');
  await ask(messageId, 'cancel');
  await expect(deployment.closed(messageId)).resolves.toMatchObject({ outcome: { kind: 'canceled', attempt: 0 } });
  expect(sent()).toBe(0);
});

it('a message at night is held over a change of workers, says until when, and goes when it is released', async () => {
  const messageId = await post(AT_NIGHT);
  await isNow(messageId, 'held');
  await deployment.workerProcess.stop();
  const successor = startProcess('worker', deployment.environment);
  try {
    const { body } = await deployment.api.request('GET', `/v1/messages/${messageId}`);
    expect(body).toMatchObject({
      held: { until: expect.any(String) as string, because: expect.stringContaining('who is in UTC') as string },
    });
    expect(sent()).toBe(0);
    await ask(messageId, 'release', { by: 'Ann', reason: 'the guest has asked' });
    await expect(deployment.closed(messageId)).resolves.toMatchObject({ outcome: { kind: 'delivered', attempt: 1 } });
    expect(sent()).toBe(1);
  } finally {
    await successor.stop();
  }
});
