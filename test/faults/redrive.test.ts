import { createPosthornClient } from '../../src/client';
import { LOCAL_TENANT } from '../../src/local/local-credentials';
import { type FaultInput } from '../../src/simulator/faults/fault';
import { createCuttableWays } from '../end-to-end/support/cuttable-ways';
import { type Deployment, startDeployment } from '../end-to-end/support/deployment';
import { type ServiceProcess, startProcess } from '../end-to-end/support/service-process';
import { expectNoViolations } from '../support/expect-no-violations';
import { until } from '../support/until';
import { clientOf, sweepNow } from '../sweep/support/sweep';
import { createFaultBench, type FaultBench, type Posted } from './support/fault-bench';
import { openMessages, type OpenMessages } from './support/open-messages';

jest.setTimeout(180_000);

/** Ten tries with a second between, and the list of messages is taken to lag for 17 s behind a create. */
const ENDED_WITHIN_MS = 90_000;

const LOGIN_REFUSED = { when: 'before', effect: { kind: 'respond', status: 401, code: 20003 } } as const;
/** `Retry-After` keeps the ten tries of an outage short. */
const AWAY = { kind: 'respond', status: 503, code: 20503, retryAfterSeconds: 1 } as const;

const ways = createCuttableWays();
let deployment: Deployment;
let bench: FaultBench;
let rows: OpenMessages;
let successors: ServiceProcess[];
beforeAll(async () => {
  successors = [];
  deployment = await startDeployment({ routes: ways.routes, variables: { POSTHORN_SWEEP_INTERVAL: '24h' } });
  bench = createFaultBench(deployment);
  rows = openMessages(deployment);
  await bench.tell('onDeliveryUpdated');
});
afterAll(() => expectNoViolations(deployment.evidence));
afterAll(async () => {
  ways.restore();
  await rows.close();
  await Promise.all(successors.map((process) => process.stop()));
  await deployment.stop();
  await ways.stop();
});

/** Places a fault on every request for the operation that concerns the address. @returns how to lift it */
function breakAll(
  operation: FaultInput['operation'],
  fault: Pick<FaultInput, 'when' | 'effect'>,
  address: string,
): () => void {
  const { faultId } = deployment.simulator.control.addFault({ operation, address, requests: 'all', ...fault });
  return () => deployment.simulator.control.removeFault(faultId);
}

/** A message that ended because the login was refused, which has been mended since. */
async function diesOfConfiguration(): Promise<Posted> {
  const to = bench.stranger();
  const mend = breakAll('participants.create', LOGIN_REFUSED, to);
  const posted = await bench.post(to);
  await bench.outcomeOf(posted, ENDED_WITHIN_MS);
  mend();
  return posted;
}

const redrive = ({ messageId }: Posted) => deployment.api.request('POST', `/v1/messages/${messageId}/redrive`);
const show = async ({ messageId }: Posted) => (await deployment.api.request('GET', `/v1/messages/${messageId}`)).body;

/** Has the sweep start the message; the run before may still be ending. */
async function sweep({ messageId }: Posted): Promise<void> {
  const temporal = clientOf(deployment);
  try {
    await until(
      'the sweep to start it',
      async () => {
        await rows.makeOld(messageId);
        await sweepNow(temporal.client);
        return await rows.isStarted(messageId);
      },
      ENDED_WITHIN_MS,
    );
  } finally {
    await temporal.close();
  }
}

async function expectOneDelivered(posted: Posted, attempt: number): Promise<void> {
  const { atTwilio, message } = await bench.outcomeOf(posted, ENDED_WITHIN_MS);
  expect(message).toMatchObject({ outcome: { kind: 'delivered', attempt }, dead: null });
  expect(atTwilio).toHaveLength(1);
}

test('wrong credentials: dead and listed, and after the redrive delivered, once', async () => {
  const posted = await diesOfConfiguration();
  const dead = {
    id: posted.messageId,
    outcome: { kind: 'failed', errorCode: 20003, errorClass: 'config' },
    dead: { cause: 'configuration', remedy: expect.stringContaining('TWILIO_API_KEY_SID') as string },
  };
  const { body } = await deployment.api.request('GET', '/v1/messages?dead=true');
  expect((body as unknown as { messages: unknown[] }).messages).toMatchObject([dead]);

  const answer = await redrive(posted);
  expect(answer.status).toBe(202);
  expect(answer.headers.get('Idempotent-Replayed')).toBeNull();
  await expectOneDelivered(posted, 2);
  expect(await show(posted)).toMatchObject({
    redrives: [{ number: 1, by: 'local', was: { kind: 'failed', errorCode: 20003 } }],
  });

  const again = await redrive(posted);
  expect(again.status).toBe(409);
  expect(again.body).toMatchObject({
    code: 'message_not_dead',
    detail: expect.stringContaining('delivered') as string,
  });
});

test('an outage to the end: dead, and after the redrive delivered, once', async () => {
  const to = bench.stranger();
  const mend = breakAll('participants.create', { when: 'before', effect: AWAY }, to);
  const posted = await bench.post(to, { policy: { maxAttempts: 1 } });
  const { message } = await bench.outcomeOf(posted, ENDED_WITHIN_MS);
  mend();
  expect(message).toMatchObject({ outcome: { kind: 'failed' }, dead: { cause: 'outage' } });
  await redrive(posted);
  await expectOneDelivered(posted, 2);
});

test.each([
  ['did get through is adopted', 'after', 1],
  ['did not get through is sent anew', 'before', 2],
] as const)('an ambiguous message whose create %s: one message at Twilio', async (_, when, attempt) => {
  const to = bench.stranger();
  const mend = breakAll('messages.list', { when: 'before', effect: AWAY }, to);
  bench.breakNext('messages.create', { when, effect: AWAY }, to);
  const posted = await bench.post(to);
  const { atTwilio, message } = await bench.outcomeOf(posted, ENDED_WITHIN_MS);
  expect(message).toMatchObject({ outcome: { kind: 'ambiguous', attempt: 1 }, dead: { cause: 'outage' } });
  expect(atTwilio).toHaveLength(when === 'after' ? 1 : 0);
  mend();
  await redrive(posted);
  await expectOneDelivered(posted, attempt);
});

test('a hundred redrives at once are one', async () => {
  const posted = await diesOfConfiguration();
  const answers = await Promise.all(Array.from({ length: 100 }, () => redrive(posted)));
  const first = answers.filter(({ headers, status }) => status === 202 && headers.get('Idempotent-Replayed') === null);
  expect(first).toHaveLength(1);
  // Who came after the end is told that it was delivered.
  expect(answers.filter(({ status }) => status !== 202 && status !== 409)).toEqual([]);
  await expectOneDelivered(posted, 2);
  expect(await show(posted)).toMatchObject({ redrives: [{ number: 1 }], attempts: [{ number: 1 }, { number: 2 }] });
});

test('a late receipt of an earlier attempt ends a redrive that has not sent yet', async () => {
  const to = bench.stranger();
  const steps = [{ status: 'sent' as const }, { status: 'failed' as const, errorCode: 30034 }];
  deployment.simulator.control.scriptAddress({ address: to, scripts: [{ messages: 1, script: { steps } }] });
  const posted = await bench.post(to);
  const { atTwilio } = await bench.outcomeOf(posted, ENDED_WITHIN_MS);
  const away = breakAll('messages.create', { when: 'before', effect: AWAY }, to);
  await redrive(posted);
  await until('the second attempt', async () => (await show(posted)).attempts.length === 2);
  await deployment.simulator.control.updateReceipt({ messageSid: atTwilio[0]?.messageSid ?? '', status: 'delivered' });
  await bench.outcomeOf(posted, ENDED_WITHIN_MS);
  away();
  await expectOneDelivered(posted, 1);
});

test('the command line lists dead messages, says how many there are, and redrives them all', async () => {
  const posted = await Promise.all([diesOfConfiguration(), diesOfConfiguration()]);
  const run = async (...args: string[]): Promise<string> => {
    const command = startProcess('cli/main', deployment.environment, args);
    expect([await command.ended, command.output()]).toEqual([0, expect.any(String)]);
    return command.output();
  };
  const listed = await run('dead', 'list', '--error-class', 'config');
  posted.forEach(({ messageId }) => expect(listed).toContain(messageId));
  const selection = ['--since', '2026-01-01', '--error-class', 'config'];
  expect(await run('redrive', ...selection, '--dry-run')).toBe('2 messages to redrive.\n');
  expect(await run('redrive', ...selection, '--all', '--by', 'ada')).toBe('2 messages to redrive.\nRedriven: 2.\n');
  for (const each of posted) {
    await expectOneDelivered(each, 2);
    expect(await show(each)).toMatchObject({ redrives: [{ by: 'ada' }] });
  }
});

test('a service that has Temporal alone redrives with the client, and hears why not', async () => {
  const posted = await diesOfConfiguration();
  const { client, close } = clientOf(deployment);
  try {
    const posthorn = createPosthornClient({ client, tenant: LOCAL_TENANT });
    const sent = await Promise.all([posthorn.redrive(posted.messageId), posthorn.redrive(posted.messageId)]);
    expect(sent).toMatchObject([{ messageId: posted.messageId }, { messageId: posted.messageId }]);
    await expect(posthorn.waitForOutcome(posted.messageId)).resolves.toMatchObject({ kind: 'delivered', attempt: 2 });
    await expectOneDelivered(posted, 2);
    await expect(posthorn.redrive(posted.messageId)).rejects.toMatchObject({
      name: 'RedriveRefusedError',
      refusal: 'not_dead',
    });
    const stranger = createPosthornClient({ client, tenant: 'other' });
    await expect(stranger.redrive(posted.messageId)).rejects.toMatchObject({ refusal: 'unknown' });
  } finally {
    await close();
  }
});

test('while no worker runs a redrive waits for one', async () => {
  const posted = await diesOfConfiguration();
  deployment.workerProcess.child.kill('SIGKILL');
  await deployment.workerProcess.ended;
  expect((await redrive(posted)).status).toBe(202);
  const repeated = await redrive(posted);
  expect([repeated.status, repeated.headers.get('Idempotent-Replayed')]).toEqual([202, 'true']);
  const worker = startProcess('worker', deployment.environment);
  successors.push(worker);
  await worker.logged('worker is running');
  await sweep(posted);
  await expectOneDelivered(posted, 2);
});

test('what the API opened and died before it started, the sweep starts, once', async () => {
  const posted = await diesOfConfiguration();
  ways.temporal().cut();
  const unanswered = redrive(posted).catch(() => 'the API died');
  await rows.isOpen(posted.messageId);
  deployment.apiProcess.child.kill('SIGKILL');
  await expect(unanswered).resolves.toBe('the API died');
  ways.restore();
  const api = startProcess('server', deployment.environment);
  successors.push(api);
  await api.logged('API is running');
  await sweep(posted);
  await expectOneDelivered(posted, 2);
});
