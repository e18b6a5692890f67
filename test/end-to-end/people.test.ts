import { silentScript } from '../../src/simulator/delivery/preset-scripts';
import { expectNoViolations } from '../support/expect-no-violations';
import { until } from '../support/until';
import { type Deployment, startDeployment } from './support/deployment';

jest.setTimeout(180_000);

const SENDER = '+12025550100';
const WITHIN_MS = 60_000;

let deployment: Deployment;
beforeAll(async () => {
  deployment = await startDeployment({ variables: { POSTHORN_SWEEP_INTERVAL: '1s' } });
});
afterAll(() => expectNoViolations(deployment.evidence));
afterAll(() => deployment.stop());

/** A number that nothing was sent to yet. */
let numbers = 2_000;
const newNumber = (): string => `+1202555${(numbers += 1)}`;

interface Task {
  readonly id: string;
  readonly status: string;
  readonly cameFrom: string | null;
  readonly closing: { readonly kind: string; readonly by: string | null; readonly because: string | null } | null;
  readonly [field: string]: unknown;
}

async function call(method: string, path: string, body?: unknown) {
  const { body: json, status } = await deployment.api.request(method, path, body);
  return { status, json: json as unknown as Readonly<Record<string, unknown>> };
}

/** A message that nobody hears back from, and then the given people. */
async function sendInVain(...escalation: readonly object[]): Promise<{ messageId: string; to: string }> {
  const to = newNumber();
  deployment.simulator.control.scriptAddress({ address: to, scripts: [{ messages: 'all', script: silentScript() }] });
  const steps = escalation.map((step) => ({ channel: 'human', acknowledgeTimeout: '2m', ...step }));
  const policy = { deliveryTimeout: '1s', escalation: steps };
  const { body } = await deployment.api.request('POST', '/v1/messages', { to, body: 'It is cold here.', policy });
  return { messageId: body.id, to };
}

const taskIn = (queue: string): Promise<Task> =>
  until(
    `a task in ${queue}`,
    async () => ((await call('GET', `/v1/tasks?queue=${queue}`)).json['tasks'] as readonly Task[])[0],
    WITHIN_MS,
  );
const shown = async (id: string): Promise<Task> => (await call('GET', `/v1/tasks/${id}`)).json as unknown as Task;
const closedTask = (id: string): Promise<Task> =>
  until(
    `the end of ${id}`,
    async () => {
      const task = await shown(id);
      return task.status === 'closed' ? task : undefined;
    },
    WITHIN_MS,
  );

/** Texts that Twilio has in the conversations of a number, from posthorn. */
function textsTo(address: string): readonly string[] {
  const { conversations } = deployment.simulator.control.snapshot({ address });
  return conversations.flatMap(({ messages }) =>
    messages.flatMap(({ author, body }) => (author === address || body === null ? [] : [body])),
  );
}
const told = (address: string, words: string): Promise<string> =>
  until(`"${words}" to ${address}`, () => textsTo(address).find((text) => text.includes(words)), WITHIN_MS);
function reply(from: string, body: string): void {
  deployment.simulator.control.receiveInbound({ from, to: SENDER, body });
}

it('a time-out asks a person, who claims, notes and acknowledges; of two at once one wins', async () => {
  const { messageId, to } = await sendInVain({ queue: 'front-desk' });
  const { id } = await taskIn('front-desk');
  const task = await shown(id);
  expect(task).toMatchObject({
    messageId,
    status: 'open',
    tried: [{ number: 1, channel: 'sms', reason: 'Twilio took it, and no receipt that decides came in time' }],
    toDo: expect.stringContaining('Find out whether the recipient has the message') as unknown,
  });
  expect(JSON.stringify(task)).not.toContain(to);

  const claims = await Promise.all(['Ann', 'Bob'].map((by) => call('POST', `/v1/tasks/${id}/claim`, { by })));
  expect(claims.map(({ status }) => status).sort()).toEqual([200, 409]);
  expect((await call('POST', `/v1/tasks/${id}/note`, { by: 'Ann', note: 'no answer' })).status).toBe(200);
  const ends = await Promise.all(['Ann', 'Bob'].map((by) => call('POST', `/v1/tasks/${id}/acknowledge`, { by })));
  expect(ends.map(({ status }) => status).sort()).toEqual([200, 409]);
  const winner = ends.find(({ status }) => status === 200)?.json['by'] as string;
  expect(ends.find(({ status }) => status === 409)?.json).toMatchObject({
    code: 'task_closed',
    detail: expect.stringMatching(new RegExp(`^${winner} has taken .*\\d{4}-\\d\\d-\\d\\dT`)) as unknown,
  });
  await expect(deployment.closed(messageId)).resolves.toMatchObject({ outcome: { kind: 'acknowledged' } });
  expect(await closedTask(id)).toMatchObject({
    closing: { kind: 'acknowledged', by: winner },
    history: [{ kind: 'opened' }, { kind: 'claimed' }, { kind: 'noted', note: 'no answer' }, { kind: 'acknowledged' }],
  });
});

it('a task that nobody takes in time passes to the next queue, and says so', async () => {
  const { messageId } = await sendInVain({ queue: 'day', acknowledgeTimeout: '500ms' }, { queue: 'night' });
  const task = await taskIn('night');
  expect(task).toMatchObject({ messageId, cameFrom: 'day', step: 2 });
  const [before] = (await call('GET', '/v1/tasks?queue=day&status=closed')).json['tasks'] as readonly Task[];
  expect(before).toMatchObject({ messageId, passesTo: 'night', closing: { kind: 'expired' } });
  const late = await call('POST', `/v1/tasks/${before?.id ?? ''}/acknowledge`, { by: 'Ann' });
  expect(late).toMatchObject({ status: 409, json: { code: 'task_closed' } });
  expect((await call('POST', `/v1/messages/${messageId}/acknowledge`, { by: 'Bob' })).status).toBe(200);
  await expect(deployment.closed(messageId)).resolves.toMatchObject({ outcome: { kind: 'acknowledged' } });
});

it('somebody on call takes a task by replying 1, and is told that it is theirs', async () => {
  const onCall = newNumber();
  const { messageId, to } = await sendInVain({ queue: 'nurses', onCall: { to: onCall } });
  const { id } = await taskIn('nurses');
  const text = await told(onCall, 'Task for nurses');
  expect(text).toContain(`Reply 1 to take it`);
  expect(text).toContain(id);
  expect(text).not.toContain(to);
  reply(onCall, 'What is it?');
  reply(onCall, ' 1 ');
  await expect(deployment.closed(messageId)).resolves.toMatchObject({ outcome: { kind: 'acknowledged' } });
  await told(onCall, 'is yours');
  const { closing } = await closedTask(id);
  expect(closing?.by).toMatch(/^on-call \+1 202 ••• ••\d\d$/);
  expect(textsTo(onCall)).toHaveLength(2);
});

it('a reply that comes too late is told who was faster, once', async () => {
  const onCall = newNumber();
  const { messageId } = await sendInVain({ queue: 'doctors', onCall: { to: onCall } });
  const { id } = await taskIn('doctors');
  await told(onCall, 'Task for doctors');
  expect((await call('POST', `/v1/tasks/${id}/acknowledge`, { by: 'Ann' })).status).toBe(200);
  await deployment.closed(messageId);
  reply(onCall, 'ack');
  await told(onCall, 'Ann has taken it');
  reply(onCall, 'ack');
  await deployment.simulator.control.whenIdle();
  const { history } = await shown(id);
  expect((history as readonly { kind: string }[]).filter(({ kind }) => kind === 'answered_on_call')).toHaveLength(2);
  expect(textsTo(onCall)).toHaveLength(2);
});

it('who has claimed a task sees that the message was delivered meanwhile', async () => {
  const { messageId } = await sendInVain({ queue: 'porters' });
  const { id } = await taskIn('porters');
  expect((await call('POST', `/v1/tasks/${id}/claim`, { by: 'Ann' })).status).toBe(200);
  const { attempts } = (await deployment.api.request('GET', `/v1/messages/${messageId}`)).body;
  await deployment.simulator.control.updateReceipt({
    messageSid: attempts[0]?.messageSid ?? '',
    status: 'delivered',
  });
  await expect(deployment.closed(messageId)).resolves.toMatchObject({ outcome: { kind: 'delivered' } });
  expect(await closedTask(id)).toMatchObject({
    claim: { by: 'Ann' },
    closing: { kind: 'not_needed', because: 'delivered' },
  });
  expect((await call('POST', `/v1/tasks/${id}/acknowledge`, { by: 'Ann' })).json).toMatchObject({
    detail: expect.stringContaining('the message has reached its recipient') as unknown,
  });
});
