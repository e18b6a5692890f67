import { type Deployment, startDeployment } from '../end-to-end/support/deployment';
import { type ServiceProcess, startProcess } from '../end-to-end/support/service-process';
import { expectNoViolations } from '../support/expect-no-violations';
import { expectDeliveredOnce } from './support/expect-delivered-once';
import { createFaultBench, type FaultBench, type Posted } from './support/fault-bench';
import { type HeldAttempt, holdAttempt } from './support/held-attempt';
import { waitForHistory } from './support/wait-for-history';

jest.setTimeout(120_000);

/** A dead worker is noticed after 10 s; then the next try looks for its message until 17 s after the create. */
const REPAIRED_WITHIN_MS = 60_000;
const HANG = { kind: 'hang' } as const;

let deployment: Deployment;
let bench: FaultBench;
let successor: ServiceProcess | undefined;
const posted = new Map<string, Posted>();

/** Brings one message to each point of the send, where it stays; kills the worker there; starts another one. */
beforeAll(async () => {
  deployment = await startDeployment();
  bench = createFaultBench(deployment);
  // Without onMessageAdded, looking at Twilio is the only way to learn of a message.
  await bench.tell('onDeliveryUpdated');

  await whileCreatingConversations();
  await Promise.all([afterParticipant(), whilePosting(), afterCompletion()]);
  const held = await beforeStoring();
  deployment.workerProcess.child.kill('SIGKILL');
  await deployment.workerProcess.ended;
  await held.dropWorkerAndRelease();
  successor = startProcess('worker', deployment.environment);
  await successor.logged('worker is running');
});

afterAll(() => expectNoViolations(deployment.evidence));
afterAll(async () => {
  await successor?.stop();
  await deployment.stop();
});

/** Faults on new conversations cannot name an address, so one message follows the other. */
async function whileCreatingConversations(): Promise<void> {
  for (const [point, when] of [
    ['before the conversation', 'before'],
    ['after the conversation', 'after'],
  ] as const) {
    const fault = bench.breakNext('conversations.create', { when, effect: HANG });
    posted.set(point, await bench.post(bench.stranger()));
    await bench.befell(fault);
  }
}

async function afterParticipant(): Promise<void> {
  const to = bench.stranger();
  const fault = bench.breakNext('participants.create', { when: 'after', effect: HANG }, to);
  posted.set('after the participant', await bench.post(to));
  await bench.befell(fault);
}

async function whilePosting(): Promise<void> {
  const points = [
    // The request of a dead worker, which Twilio carries out seconds after the next try has begun to look.
    ['while the message is on its way', { when: 'before', effect: { kind: 'slow', delayMs: 13_000 } }],
    ['after the message was posted, before the answer', { when: 'after', effect: HANG }],
  ] as const;
  for (const [point, fault] of points) {
    const to = bench.stranger();
    const faultId = bench.breakNext('messages.create', fault, to);
    posted.set(point, await bench.post(to));
    await bench.befell(faultId);
  }
}

/** Its receipt comes only after the worker's death. */
async function afterCompletion(): Promise<void> {
  const to = bench.stranger();
  const script = { steps: [{ status: 'sent' as const }, { status: 'delivered' as const, delayMs: 6_000 }] };
  deployment.simulator.control.scriptAddress({ address: to, scripts: [{ messages: 'all', script }] });
  const message = await bench.post(to);
  posted.set('after the completion', message);
  await waitForHistory(deployment, message.messageId, 'EVENT_TYPE_ACTIVITY_TASK_COMPLETED');
}

/** The answer has come, and its SID is about to be stored. */
async function beforeStoring(): Promise<HeldAttempt> {
  const to = bench.stranger();
  const slow = { when: 'after', effect: { kind: 'slow', delayMs: 1_000 } } as const;
  const fault = bench.breakNext('messages.create', slow, to);
  const message = await bench.post(to);
  posted.set('after the answer, before the SID is stored', message);
  await bench.befell(fault);
  const held = await holdAttempt(deployment.environment['DATABASE_URL'] ?? '', message.messageId);
  await held.workerWaits();
  return held;
}

test.each([
  'before the conversation',
  'after the conversation',
  'after the participant',
  'while the message is on its way',
  'after the message was posted, before the answer',
  'after the answer, before the SID is stored',
  'after the completion',
])('a worker that is killed %s leaves one message, which is delivered', async (point) => {
  const message = posted.get(point);
  if (message === undefined) {
    throw new Error(`no message was brought to the point "${point}"`);
  }
  await expectDeliveredOnce(bench, message, REPAIRED_WITHIN_MS);
});
