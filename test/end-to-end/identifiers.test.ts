import { randomBytes } from 'node:crypto';
import { runCli } from '../../src/cli/run-cli';
import { taskIdFor } from '../../src/domain/task-id';
import { type TraceView } from '../../src/http/presenters/story';
import { LOCAL_TENANT } from '../../src/local/local-credentials';
import { silentScript, undeliveredScript } from '../../src/simulator/delivery/preset-scripts';
import { connectClient, type TemporalClient } from '../../src/temporal/connect-client';
import { type Receiver, startReceiver } from '../callbacks/support/start-receiver';
import { createTwilioRest } from '../faults/support/twilio-rest';
import { until } from '../support/until';
import { type Deployment, startDeployment } from './support/deployment';
import { startProcess } from './support/service-process';

jest.setTimeout(240_000);

const WITHIN_MS = 60_000;
const CALLED = '+12025550131';

let deployment: Deployment;
let receiver: Receiver;
let temporal: TemporalClient;
beforeAll(async () => {
  receiver = await startReceiver();
  deployment = await startDeployment({
    variables: {
      LOG_LEVEL: 'info',
      TWILIO_VOICE_FROM: '+12025550102',
      POSTHORN_CALLBACK_SECRETS: `${LOCAL_TENANT}:whsec_${randomBytes(32).toString('base64')}`,
      POSTHORN_CALLBACK_ALLOW_PRIVATE: 'true',
    },
  });
  const { TEMPORAL_ADDRESS: address = '', TEMPORAL_NAMESPACE: namespace = '' } = deployment.environment;
  temporal = connectClient({ namespace, connectionOptions: { address } }, []);
});
afterAll(async () => {
  await temporal.close();
  await deployment.stop();
  await receiver.stop();
});

test('what is made at Twilio is in the log, and a process of its own traces a message by it', async () => {
  const { apiProcess, workerProcess } = deployment;
  const request = { to: '+12025550123', body: 'Your table is ready.' };
  const { body } = await deployment.api.request('POST', '/v1/messages', request);
  const messageId = body.id;
  const { attempts } = await deployment.closed(messageId);
  const { conversationSid, messageSid, participantSid } = attempts[0] ?? {};

  const created = { level: 30, identifiers: 'created', messageId };
  expect(await apiProcess.logged('a message was accepted')).toMatchObject(created);
  expect(await workerProcess.logged('a conversation was made at Twilio')).toMatchObject({
    ...created,
    conversationSid,
  });
  expect(await workerProcess.logged('a participant was added at Twilio')).toMatchObject({
    ...created,
    conversationSid,
    participantSid,
  });
  expect(await workerProcess.logged('a message was made at Twilio')).toMatchObject({
    ...created,
    attempt: 1,
    conversationSid,
    messageSid,
  });
  const webhook = await apiProcess.logged('a webhook came: accepted');
  expect(webhook).toMatchObject({ identifiers: 'received', conversationSid, messageSid });
  for (const output of [apiProcess.output(), workerProcess.output()]) {
    expect(output).not.toMatch(/(\+|%2B)12025550|table is ready/i);
  }

  const command = startProcess('cli/main', deployment.environment, ['trace', String(messageSid), '--json']);
  expect({ exitCode: await command.ended, output: command.output() }).toMatchObject({ exitCode: 0 });
  const { stories } = JSON.parse(command.output()) as TraceView;
  expect(stories.map(({ message }) => message.id)).toEqual([messageId]);
});

test('text, call, person and callbacks: every identifier leads to the same story, which has them all', async () => {
  const { control } = deployment.simulator;
  control.scriptAddress({ address: CALLED, scripts: [{ messages: 'all', script: silentScript() }] });
  control.scriptCalls({
    to: CALLED,
    scripts: [{ calls: 'all', script: { fate: { kind: 'machine' }, secondMs: 1 } }],
  });
  const messageId = await send({
    to: CALLED,
    body: 'It is cold here.',
    category: 'security',
    callbackUrl: receiver.url,
    policy: {
      deliveryTimeout: '200ms',
      escalation: [
        { channel: 'voice', ringTimeout: '5s', maxAttempts: 1 },
        { channel: 'human', queue: 'night-shift', acknowledgeTimeout: '10m' },
      ],
    },
  });
  const taskId = taskIdFor({ messageId, step: 2 });
  await until('the task', async () => (await ask(`/v1/tasks/${taskId}`)).status === 200, WITHIN_MS);
  await deployment.api.request('POST', `/v1/tasks/${taskId}/acknowledge`, { by: 'Ann' });
  const { attempts, callbacks, receipts } = await endedStory(messageId);
  const [text, call] = attempts;
  const [receipt] = receipts;
  const told = callbacks.map(({ id }) => id);
  expect(told.length).toBeGreaterThan(0);

  const inStory = {
    'message id': messageId,
    'workflow id': `deliver-${messageId}`,
    'conversation SID': text?.conversationSid,
    'participant SID': text?.participantSid,
    'message SID': text?.messageSid,
    'delivery receipt SID': receipt?.deliveryReceiptSid,
    'channel message SID': receipt?.channelMessageSid,
    'call SID': call?.callSid,
    'callback id': told[0],
  };
  const others = {
    'run id': await runOf(`deliver-${messageId}`),
    'task id': taskId,
    'workflow id of a callback': `tell-caller-${told[0]}`,
    'run id of a callback': await runOf(`tell-caller-${told[0]}`),
    'id of a receipt event': `${receipt?.deliveryReceiptSid}:${receipt?.status}`,
    'id of a call event': `${call?.callSid}:answered_by:machine_start`,
  };
  const story = await sameStory({ ...inStory, ...others });
  expect(Object.entries(inStory).filter(([, identifier]) => !story.includes(String(identifier)))).toEqual([]);
  expect(call).toMatchObject({ channel: 'voice', conversationSid: text?.conversationSid, messageSid: null });
  expect(story).toMatch(/answeredBy machine/);
  expect(story).not.toMatch(/\+12025550131|is cold here/);
});

test('a message into a conversation and its child each have their own, and name each other', async () => {
  const rest = createTwilioRest(deployment);
  const conversationSid = await rest.post('/Conversations', {});
  const [reached, lost] = ['+12025550132', '+12025550133'];
  const script = { address: `whatsapp:${lost}`, scripts: [{ messages: 'all', script: undeliveredScript(63024, 0) }] };
  deployment.simulator.control.scriptAddress(script as never);
  const participantSids: string[] = [];
  for (const address of [reached, lost]) {
    participantSids.push(
      await rest.post(`/Conversations/${conversationSid}/Participants`, {
        'MessagingBinding.Address': `whatsapp:${address}`,
        'MessagingBinding.ProxyAddress': 'whatsapp:+12025550199',
      }),
    );
  }
  const policy = { escalation: [{ channel: 'sms' }] };
  const parentId = await send({ conversationSid, body: 'Dinner is at eight.', policy });
  const parent = await endedStory(parentId);
  const [childId = ''] = parent.message.children.map(({ id }) => id);
  const child = await endedStory(childId);

  const ofParent = await sameStory({
    'message id': parentId,
    'run id': await runOf(`deliver-${parentId}`),
    'conversation SID': conversationSid,
    'message SID': parent.attempts[0]?.messageSid,
    ...Object.fromEntries(participantSids.map((participantSid, index) => [`participant ${index}`, participantSid])),
    ...Object.fromEntries(parent.receipts.map((receipt, index) => [`receipt ${index}`, receipt.deliveryReceiptSid])),
  });
  const [sent] = child.attempts;
  const ofChild = await sameStory({
    'message id': childId,
    'run id': await runOf(`deliver-${childId}`),
    'conversation SID': sent?.conversationSid,
    'participant SID': sent?.participantSid,
    'message SID': sent?.messageSid,
    'delivery receipt SID': child.receipts[0]?.deliveryReceiptSid,
  });
  expect(ofParent).toContain(`child     ${childId}`);
  expect(ofChild).toContain(`parent    ${parentId}`);
});

const ask = (path: string) => deployment.api.request('GET', path);

async function send(request: object): Promise<string> {
  const { body, status } = await deployment.api.request('POST', '/v1/messages', request);
  expect(status).toBe(202);
  return body.id;
}

/** The story of a message that has ended, its callbacks told and nothing more to come from Twilio. */
async function endedStory(messageId: string) {
  const [story] = await until(
    `the end of ${messageId}`,
    async () => {
      const { body } = await ask(`/v1/trace/${messageId}`);
      const { stories } = body as unknown as TraceView;
      const isOver = stories.every(
        ({ callbacks, message }) =>
          message.status === 'closed' && callbacks.every(({ status }) => status === 'delivered'),
      );
      return isOver ? stories : undefined;
    },
    WITHIN_MS,
  );
  await deployment.simulator.control.whenIdle();
  if (story === undefined) {
    throw new Error(`${messageId} has no story`);
  }
  return { ...story, attempts: story.message.attempts };
}

/** Temporal lists a run a moment after its start. */
async function runOf(workflowId: string): Promise<string> {
  const { runId } = await temporal.client.workflow.getHandle(workflowId).describe();
  await until(
    `the run of ${workflowId} to be listed`,
    async () => (await temporal.client.workflow.count(`RunId = '${runId}'`)).count === 1,
    WITHIN_MS,
  );
  return runId;
}

/**
 * Traces each identifier by the command line and over HTTP, and expects the same story every time. Traces of webhooks come a moment after
 * them, so it is told again when it was not the same before and after.
 * @returns what the command line prints of it.
 */
async function sameStory(identifiers: Readonly<Record<string, string | null | undefined>>): Promise<string> {
  const [first = ''] = Object.values(identifiers).map(String);
  const { before, told } = await until(
    'a story that stands still',
    async () => {
      const told: Record<string, unknown> = {};
      const before = await storyOf(first);
      for (const [name, identifier] of Object.entries(identifiers)) {
        told[name] = await storyOf(String(identifier));
      }
      return JSON.stringify(before) === JSON.stringify(await storyOf(first)) ? { before, told } : undefined;
    },
    WITHIN_MS,
  );
  expect(told).toEqual(Object.fromEntries(Object.keys(identifiers).map((name) => [name, before])));
  return before.printed;
}

async function storyOf(identifier: string): Promise<{ printed: string; stories: unknown }> {
  let written = '';
  const write = (text: string): void => void (written += text);
  const context = { readEnvironment: () => deployment.environment, processEnvironment: {}, write, complain: write };
  const exitCode = await runCli(['trace', identifier], context);
  const { body } = await ask(`/v1/trace/${encodeURIComponent(identifier)}`);
  const { kind, stories } = body as unknown as TraceView;
  const [head = '', printed = ''] = written.split('; it belongs to one message.\n');
  expect({ identifier, exitCode, head }).toEqual({
    identifier,
    exitCode: 0,
    head: expect.stringContaining(` is ${kind}`) as string,
  });
  return { printed, stories };
}
