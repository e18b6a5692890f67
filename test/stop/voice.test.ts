import { randomInt } from 'node:crypto';
import { type CallScriptInput } from '../../src/simulator/calls/call-script';
import { silentScript } from '../../src/simulator/delivery/preset-scripts';
import { type MessageBody } from '../end-to-end/support/api-client';
import { type Deployment, startDeployment } from '../end-to-end/support/deployment';
import { expectNoViolations } from '../support/expect-no-violations';
import { nightZone } from '../support/night-zone';
import { until } from '../support/until';

jest.setTimeout(240_000);

const SENDER = '+12025550100';
const WITHIN_MS = 60_000;

let deployment: Deployment;
beforeAll(async () => {
  deployment = await startDeployment({ variables: { TWILIO_VOICE_FROM: '+12025550102' } });
});
afterAll(async () => {
  await deployment.simulator.control.whenIdle();
  await expectNoViolations(deployment.evidence);
  await deployment.stop();
});

const newNumber = (): string => `+1202${randomInt(2_000_000, 9_999_999)}`;
const show = async (id: string): Promise<MessageBody> =>
  (await deployment.api.request('GET', `/v1/messages/${id}`)).body;
const reaches = (id: string, status: string): Promise<MessageBody> =>
  until(
    `${id} is ${status}`,
    async () => {
      const message = await show(id);
      return message.status === status ? message : undefined;
    },
    WITHIN_MS,
  );
const callsTo = (to: string) => deployment.simulator.control.calls({ to });

async function say(address: string, scope: object): Promise<void> {
  expect((await deployment.api.request('PUT', `/v1/opt-outs/${address}`, { scope })).status).toBe(200);
}

/** A message that Twilio takes and nobody confirms, with a call after it; nothing but the test ends the wait. */
async function send(fields: object = {}, script: CallScriptInput = { fate: { kind: 'human' }, secondMs: 1 }) {
  const to = newNumber();
  const { control } = deployment.simulator;
  control.scriptAddress({ address: to, scripts: [{ messages: 'all', script: silentScript() }] });
  control.scriptCalls({ to, scripts: [{ calls: 'all', script }] });
  const policy = { deliveryTimeout: '1h', maxAttempts: 1, escalation: [{ channel: 'voice', ringTimeout: '60s' }] };
  const { body } = await deployment.api.request('POST', '/v1/messages', {
    to,
    body: 'It is cold here.',
    category: 'security',
    policy,
    ...fields,
  });
  return { to, id: body.id };
}

/** The SMS comes to nothing, so that its turn is over. */
async function fail(id: string): Promise<void> {
  const { attempts } = await reaches(id, 'awaiting_receipt');
  await deployment.simulator.control.updateReceipt({
    messageSid: attempts[0]?.messageSid ?? '',
    status: 'undelivered',
    errorCode: 30008,
  });
}

test('before the voice step: nobody is called, and the reason says what was sent', async () => {
  const { id, to } = await send();
  await reaches(id, 'awaiting_receipt');
  await say(to, { channel: 'voice' });
  await fail(id);
  const { attempts, outcome } = await reaches(id, 'closed');
  expect(outcome).toMatchObject({ kind: 'opted_out', channel: 'voice', attempt: 2 });
  expect(outcome?.reason).toBe(
    'the recipient has opted out of calls, so nobody was called; before that Twilio had taken attempt 1, which did not arrive (error 30008)',
  );
  expect(attempts[1]).toMatchObject({ channel: 'voice', callSid: null });
  expect(callsTo(to)).toEqual([]);
});

test('while the SMS before it waits, by a word: the message ends, and nobody is called', async () => {
  const { id, to } = await send();
  await reaches(id, 'awaiting_receipt');
  deployment.simulator.control.receiveInbound({ from: to, to: SENDER, body: 'Stop' });
  const { attempts, outcome } = await reaches(id, 'closed');
  expect(outcome).toMatchObject({ kind: 'opted_out', attempt: 1 });
  expect(attempts).toHaveLength(1);
  expect(callsTo(to)).toEqual([]);
});

test('while quiet hours hold the call: the message ends, and nobody is called', async () => {
  const { id, to } = await send({ category: 'notification', timeZone: nightZone() });
  await fail(id);
  await reaches(id, 'held');
  await say(to, {});
  const { outcome } = await reaches(id, 'closed');
  expect(outcome).toMatchObject({ kind: 'opted_out', attempt: 1 });
  expect(callsTo(to)).toEqual([]);
});

test('while the phone rings: the call is ended, and the reason says that there was one', async () => {
  const { id, to } = await send({}, { fate: { kind: 'human' }, ringMs: 600_000 });
  await fail(id);
  await until('ringing', () => callsTo(to)[0]?.status === 'ringing', WITHIN_MS);
  await say(to, { channel: 'voice' });
  const { outcome } = await reaches(id, 'closed');
  expect(outcome).toMatchObject({ kind: 'opted_out', channel: 'voice', attempt: 2 });
  expect(outcome?.reason).toBe(
    'the recipient opted out while the message waited, so nothing more is sent; before that Twilio had taken ' +
      'attempt 1, which did not arrive (error 30008), and attempt 2 (the call was canceled before anybody took it)',
  );
  expect(callsTo(to)).toMatchObject([{ status: 'canceled' }]);
});
