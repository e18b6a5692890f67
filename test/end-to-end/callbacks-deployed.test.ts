import { randomBytes } from 'node:crypto';
import { Webhook } from 'standardwebhooks';
import { LOCAL_TENANT } from '../../src/local/local-credentials';
import { type Receiver, startReceiver, status, takeIt } from '../callbacks/support/start-receiver';
import { expectNoViolations } from '../support/expect-no-violations';
import { until } from '../support/until';
import { type Deployment, startDeployment } from './support/deployment';
import { startProcess } from './support/service-process';

jest.setTimeout(120_000);
const WITHIN_MS = 30_000;
const SECRETS = [randomBytes(32), randomBytes(32)].map((key) => `whsec_${key.toString('base64')}`);

let receiver: Receiver;
let deployment: Deployment;
beforeAll(async () => {
  receiver = await startReceiver();
  deployment = await startDeployment({
    variables: {
      POSTHORN_CALLBACK_SECRETS: SECRETS.map((secret) => `${LOCAL_TENANT}:${secret}`).join(','),
      POSTHORN_CALLBACK_ALLOW_PRIVATE: 'true',
      LOG_LEVEL: 'debug',
    },
  });
});
afterAll(() => expectNoViolations(deployment.evidence));
afterAll(async () => {
  await deployment.stop();
  await receiver.stop();
});

const get = async (path: string): Promise<unknown> => (await deployment.api.request('GET', path)).body;
const callsOf = (type: string) => receiver.calls.filter(({ body }) => body.includes(`"type":"${type}"`));

async function post(to: string): Promise<string> {
  const request = { to, body: 'Your table is ready.', callbackUrl: `${receiver.url}?token=very-secret` };
  const { body, status: code } = await deployment.api.request('POST', '/v1/messages', request);
  expect(code).toBe(202);
  return body.id;
}

it('the caller is told over the wire, signed with each secret, and nothing logs where to', async () => {
  const messageId = await post('+12025550171');
  const [call] = await until(
    'the delivery to be told',
    () => (callsOf('message.delivered').length > 0 ? callsOf('message.delivered') : undefined),
    WITHIN_MS,
  );
  for (const secret of SECRETS) {
    expect(new Webhook(secret).verify(call?.body ?? '', call?.headers as Record<string, string>)).toMatchObject({
      type: 'message.delivered',
      data: { messageId, outcome: { kind: 'delivered' } },
    });
  }
  const logs = deployment.apiProcess.output() + deployment.workerProcess.output();
  expect(logs).not.toContain('very-secret');
  SECRETS.forEach((secret) => expect(logs).not.toContain(secret));
});

it('a dead callback is listed and redriven by command, and arrives under its id', async () => {
  receiver.answerWith(status(410));
  const messageId = await post('+12025550172');
  const dead = await until(
    'two dead callbacks',
    async () => {
      const { callbacks } = (await get(`/v1/callbacks?status=dead&messageId=${messageId}`)) as {
        callbacks: { id: string }[];
      };
      return callbacks.length === 2 ? callbacks.map(({ id }) => id) : undefined;
    },
    WITHIN_MS,
  );
  receiver.answerWith(takeIt);
  const list = await run('callbacks', 'list', '--dead', '--message', messageId);
  dead.forEach((id) => expect(list).toContain(id));
  expect(list).toContain('the caller answered 410');
  expect(list).not.toContain('very-secret');
  await expect(run('callbacks', 'redrive', '--message', messageId)).resolves.toContain('Redriven: 2.');

  await until(
    'both to be told',
    () => dead.every((id) => receiver.calls.filter(({ headers }) => headers['webhook-id'] === id).length >= 2),
    WITHIN_MS,
  );
});

async function run(...args: string[]): Promise<string> {
  const command = startProcess('cli/main', deployment.environment, args);
  expect([await command.ended, command.output()]).toEqual([0, command.output()]);
  return command.output();
}
