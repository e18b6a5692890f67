import { type EscalationStep } from '../../src/domain/policy';
import { until } from '../support/until';
import { buildInput } from '../workflow/support/build-input';
import { status, takeIt } from '../callbacks/support/start-receiver';
import { CALLBACK_TENANT, type CallbackStage, startCallbackStage, type Told } from './support/callback-stage';

jest.setTimeout(120_000);

const ON_CALL: EscalationStep = { channel: 'human', queue: 'on-call', acknowledgeTimeout: '60s' };
const RETRY_DELAYS_MS = [20, 20];
const WITHIN_MS = 40_000;

let stage: CallbackStage;
let recipients = 0;
beforeAll(async () => {
  stage = await startCallbackStage(RETRY_DELAYS_MS);
});
afterAll(() => stage.stop());
beforeEach(() => stage.receiver.answerWith(takeIt));

const newInput = (policy: NonNullable<Parameters<typeof buildInput>[0]>['policy'] = {}) => {
  recipients += 1;
  return {
    ...buildInput({
      to: `+1202555${String(3000 + recipients)}`,
      metadata: { order: '4711' },
      policy: { deliveryTimeout: '60s', ...policy },
      callbackUrl: `${stage.receiver.url}?token=very-secret`,
    }),
    tenant: CALLBACK_TENANT,
  };
};
const typesOf = (told: readonly Told[]): string[] => told.map(({ type }) => type).sort();
const told = (messageId: string, ...types: string[]): Promise<readonly Told[]> =>
  until(
    `${types.join(', ')} of ${messageId}`,
    () => {
      const all = stage.toldOf(messageId);
      return types.every((type) => all.some((one) => one.type === type)) && all;
    },
    WITHIN_MS,
  );
const statusOf = async (messageId: string, type: string): Promise<string | undefined> =>
  (await stage.callbacks.list({ messageId, limit: 50 })).callbacks.find((callback) => callback.type === type)?.status;
const becomes = (messageId: string, type: string, wanted: string): Promise<boolean> =>
  until(`${type} to be ${wanted}`, async () => (await statusOf(messageId, type)) === wanted, WITHIN_MS);

it('a delivery is told, signed, with metadata and without address, text or URL', async () => {
  const input = newInput();
  const { messageId } = input;
  await stage.start(input);
  await stage.receipt(messageId, 1, 'delivered');
  const all = await told(messageId, 'message.sent', 'message.delivered');
  expect(typesOf(all)).toEqual(['message.delivered', 'message.sent']);
  expect(all.find(({ type }) => type === 'message.delivered')?.data).toMatchObject({
    messageId,
    status: 'closed',
    outcome: { kind: 'delivered', attempt: 1, errorCode: null },
    attempt: { number: 1, status: 'delivered' },
    metadata: { order: '4711' },
  });
  await becomes(messageId, 'message.delivered', 'delivered');
  const heard = JSON.stringify(all);
  expect(heard).not.toContain(input.request.to);
  expect(heard).not.toContain('Your table is ready.');
  expect(stage.logged.join('')).not.toContain('very-secret');
});

it('a retry and a failure are told', async () => {
  const input = newInput({ maxAttempts: 2 });
  await stage.start(input);
  await stage.receipt(input.messageId, 1, 'undelivered', { errorCode: 30003 });
  await stage.receipt(input.messageId, 2, 'undelivered', { errorCode: 30003 });
  const all = await told(input.messageId, 'message.retrying', 'message.failed');
  expect(typesOf(all)).toEqual(['message.failed', 'message.retrying', 'message.sent', 'message.sent']);
  expect(new Set(all.map(({ id }) => id)).size).toBe(4);
  expect(all.find(({ type }) => type === 'message.retrying')?.data).toMatchObject({
    status: 'backing_off',
    outcome: null,
    attempt: { number: 1, status: 'refused', errorCode: 30003 },
  });
});

it('an opt-out is told', async () => {
  const input = newInput();
  await stage.start(input);
  await stage.receipt(input.messageId, 1, 'undelivered', { errorCode: 21610 });
  const all = await told(input.messageId, 'message.opted_out');
  expect(all.at(-1)?.data).toMatchObject({ outcome: { kind: 'opted_out', errorCode: 21610 } });
});

it('an escalation to a person is told, and what the person did', async () => {
  const input = newInput({ maxAttempts: 1, escalation: [ON_CALL] });
  const handle = await stage.start(input);
  await stage.receipt(input.messageId, 1, 'undelivered', { errorCode: 30003 });
  const opened = await told(input.messageId, 'message.escalated', 'task.opened');
  expect(opened.find(({ type }) => type === 'message.escalated')?.data).toMatchObject({
    status: 'escalating',
    escalation: { step: 1, channel: 'human' },
  });
  await handle.executeUpdate('acknowledge', { args: [{ by: 'Grace' }] });
  const all = await told(input.messageId, 'task.acknowledged', 'message.acknowledged');
  expect(JSON.stringify(all)).not.toContain('Grace');
});

it('the team’s own tool is told all that its people need, signed, and who took the task', async () => {
  const tool = { ...ON_CALL, callbackUrl: `${stage.receiver.url}?tool=team` };
  const input = newInput({ maxAttempts: 1, escalation: [tool] });
  const handle = await stage.start(input);
  await stage.receipt(input.messageId, 1, 'undelivered', { errorCode: 30003 });
  await told(input.messageId, 'task.opened');
  await handle.executeUpdate('acknowledge', { args: [{ by: 'Grace', note: 'called her' }] });
  const tasks = await until(
    'four callbacks of the task',
    () => {
      const about = stage.toldOf(input.messageId).filter(({ type }) => type.startsWith('task.'));
      return about.length === 4 && about;
    },
    WITHIN_MS,
  );
  const briefed = tasks.filter(({ data }) => JSON.stringify(data).includes('toDo'));
  expect(briefed.map(({ type }) => type)).toEqual(['task.opened']);
  expect(briefed[0]?.data['task']).toMatchObject({
    id: expect.stringMatching(/^task_.*_1$/) as unknown,
    queue: 'on-call',
    recipient: expect.stringMatching(/^\+1 202 ••• ••\d\d$/) as unknown,
    tried: [{ number: 1, channel: 'sms', status: 'undelivered', errorCode: 30003 }],
    happened: expect.stringContaining('30003') as unknown,
  });
  const named = tasks.filter(({ data }) => JSON.stringify(data).includes('Grace'));
  expect(named.map(({ type, data }) => [type, (data['task'] as { closing?: unknown }).closing])).toEqual([
    ['task.acknowledged', { kind: 'acknowledged', by: 'Grace', note: 'called her' }],
  ]);
  const calledTool = stage.receiver.calls.filter(({ path }) => path.includes('tool=team'));
  expect(calledTool).toHaveLength(2);
});

it('a correction is told: was, is, because', async () => {
  const input = newInput({ deliveryTimeout: '50ms', onTimeout: 'accept' });
  await (await stage.start(input)).result();
  await stage.receipt(input.messageId, 1, 'delivered');
  const all = await told(input.messageId, 'message.unconfirmed', 'message.outcome_corrected');
  expect(all.find(({ type }) => type === 'message.outcome_corrected')?.data).toMatchObject({
    outcome: { kind: 'delivered' },
    correction: { was: { kind: 'unconfirmed' }, is: { kind: 'delivered' } },
  });
});

it('a caller that fails twice gets it the third time, under the same id', async () => {
  const input = newInput();
  const answered = new Map<string, number>();
  stage.receiver.answerWith((response, _number, { headers }) => {
    const id = String(headers['webhook-id']);
    answered.set(id, (answered.get(id) ?? 0) + 1);
    response.writeHead(answered.get(id) === 3 ? 200 : 500).end();
  });
  await stage.start(input);
  await becomes(input.messageId, 'message.sent', 'delivered');
  const sent = stage.toldOf(input.messageId).filter(({ type }) => type === 'message.sent');
  expect(sent).toHaveLength(3);
  expect(new Set(sent.map((one) => JSON.stringify(one))).size).toBe(1);
  await stage.receipt(input.messageId, 1, 'delivered');
});

it('is dead after the last try, and a redrive tells it under the same id', async () => {
  const input = newInput();
  stage.receiver.answerWith(status(500));
  await stage.start(input);
  await becomes(input.messageId, 'message.sent', 'dead');
  const [dead] = (await stage.callbacks.list({ messageId: input.messageId, limit: 1 })).callbacks;
  expect(dead).toMatchObject({ tries: RETRY_DELAYS_MS.length + 1, problem: 'the caller answered 500' });

  stage.receiver.answerWith(takeIt);
  const redriven = await stage.callbacks.redrive({ messageId: input.messageId }, 10);
  expect(redriven).toEqual([{ callbackId: dead?.callbackId, tenant: CALLBACK_TENANT, messageId: input.messageId }]);
  // The workflow that gave up may be about to end, and takes no start until then: the sweep would do it.
  await until(
    'the redriven callback to be told',
    async () => {
      await Promise.all(redriven.map((callback) => stage.client.startCallback(callback)));
      return (await statusOf(input.messageId, 'message.sent')) === 'delivered';
    },
    WITHIN_MS,
  );
  expect(stage.toldOf(input.messageId).at(-1)?.id).toBe(dead?.callbackId);
  await stage.receipt(input.messageId, 1, 'delivered');
});

it('what a crash kept from being started, the sweep starts', async () => {
  const input = newInput();
  stage.loseStarts(true);
  try {
    const handle = await stage.start(input);
    await stage.receipt(input.messageId, 1, 'delivered');
    await expect(handle.result()).resolves.toMatchObject({ kind: 'delivered' });
  } finally {
    stage.loseStarts(false);
  }
  expect(stage.toldOf(input.messageId)).toEqual([]);
  expect(stage.logged.join('')).toContain('callbacks could not be started; the sweep does it');
  expect((await stage.sweep()).callbacks).toBeGreaterThanOrEqual(2);
  await told(input.messageId, 'message.sent', 'message.delivered');
  await becomes(input.messageId, 'message.delivered', 'delivered');
});
