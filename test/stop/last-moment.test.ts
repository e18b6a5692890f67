import { PERMIT_MS } from '../../activities/permit';
import { attemptKeyOf } from '../../src/checker/attempt-key';
import { createDatabase } from '../../src/database/client';
import { query } from '../../src/database/rows';
import { DEFAULT_REQUEST_TIMEOUT_MS } from '../../src/twilio/request-client';
import { type Deployment, startDeployment } from '../end-to-end/support/deployment';
import { expectNoViolations } from '../support/expect-no-violations';
import { until } from '../support/until';

jest.setTimeout(300_000);

/** STOPs at random moments around sends: each recipient says stop to a message of each round, and start again before the next. */
const RECIPIENTS = 100;
const ROUNDS = 5;

/** Sends of the first round are spread over some seconds, since Twilio takes 30 a second. */
const SENDS_TAKE_MS = 4_000;

/** Times in the database are rounded to milliseconds. */
const ROUNDING_MS = 1;

/**
 * How long after a STOP was committed Twilio may take what was begun before: as long as the ledger's answer may be acted on, and
 * the limit of the request. docs/reliability.md promises it.
 */
const TAKEN_WITHIN_MS = PERMIT_MS + DEFAULT_REQUEST_TIMEOUT_MS;

/** Creates that are under way for so long that a STOP is committed meanwhile. */
const UNDER_WAY = 20;
const UNDER_WAY_MS = 3_000;

let deployment: Deployment;
beforeAll(async () => {
  deployment = await startDeployment();
  deployment.simulator.control.setDefaultScript({ steps: [{ status: 'delivered', delayMs: 20 }] });
}, 120_000);
afterAll(() => deployment.stop());

const recipients = Array.from({ length: RECIPIENTS }, (_, index) => `+120255510${String(index).padStart(2, '0')}`);
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
const ledger = (method: string, address: string) =>
  deployment.api.request(method, `/v1/opt-outs/${address}`, { reason: 'a test' });

/** A message, and from when on its recipient's STOP was certainly committed: when the answer to it had arrived. */
interface Interleaving {
  readonly messageId: string;
  readonly committedByMs: number;
}

async function interleave(to: string, withinMs: number): Promise<Interleaving> {
  const stopped = pause(Math.random() * withinMs).then(async () => {
    expect((await ledger('PUT', to)).status).toBe(200);
    return Date.now();
  });
  const accepted = await deployment.api.request('POST', '/v1/messages', { to, body: 'Your table is ready.' });
  const committedByMs = await stopped;
  await deployment.closed(accepted.body.id);
  expect((await ledger('DELETE', to)).status).toBe(200);
  return { messageId: accepted.body.id, committedByMs };
}

/** A STOP that is committed when Twilio has the request for the message, and has not taken it yet. */
async function stopUnderWay(to: string): Promise<Interleaving> {
  const { control } = deployment.simulator;
  const effect = { kind: 'slow', delayMs: UNDER_WAY_MS } as const;
  const { faultId } = control.addFault({
    operation: 'messages.create',
    address: to,
    requests: 1,
    when: 'before',
    effect,
  });
  const { body } = await deployment.api.request('POST', '/v1/messages', { to, body: 'Your table is ready.' });
  await until('the create', () => !control.faults().some((fault) => fault.faultId === faultId));
  expect((await ledger('PUT', to)).status).toBe(200);
  const committedByMs = Date.now();
  await deployment.closed(body.id);
  expect((await ledger('DELETE', to)).status).toBe(200);
  return { messageId: body.id, committedByMs };
}

/** When the send of each message began that Twilio took: before the ledger was asked whether it may go. */
async function sendsBegan(messageIds: readonly string[]): Promise<Map<string, number>> {
  const knex = createDatabase({ url: deployment.evidence.databaseUrl, poolMax: 1, applicationName: 'posthorn test' });
  try {
    const rows = await query<{ readonly messageId: string; readonly startedAt: string }>(
      knex,
      `select message_id as "messageId", started_at as "startedAt" from attempts
       where message_id = any(cast(:messageIds as text[])) and message_sid is not null`,
      { messageIds },
    );
    return new Map(rows.map(({ messageId, startedAt }) => [messageId, Date.parse(startedAt)]));
  } finally {
    await knex.destroy();
  }
}

/**
 * By how much Twilio took messages later than the STOP was committed, in milliseconds, by Twilio's own clock, the simulator's.
 * What it took before the STOP, or never, is not among them.
 */
function takenLaterMs(interleavings: readonly Interleaving[]): number[] {
  const committedByMs = new Map(interleavings.map((one) => [one.messageId, one.committedByMs]));
  const { conversations } = deployment.simulator.control.snapshot();
  return conversations
    .flatMap(({ messages }) => messages)
    .flatMap(({ attributes, createdAt }) => {
      const committedMs = committedByMs.get(attemptKeyOf(attributes)?.messageId ?? '');
      return committedMs === undefined || createdAt.getTime() <= committedMs ? [] : [createdAt.getTime() - committedMs];
    });
}

/** The time within which the next round says STOP: more when few sends came before it, less when most did, however fast the machine is. */
function nextSpanMs(spanMs: number, shareBegan: number): number {
  if (shareBegan < 0.3) {
    return spanMs * 2;
  }
  return shareBegan > 0.7 ? spanMs / 2 : spanMs;
}

it(`sends nothing after a STOP was committed, ${RECIPIENTS * ROUNDS} times at random moments`, async () => {
  // Conversations first, so that one statement asks the ledger and begins the create.
  const first = await Promise.all(
    recipients.map((to) => deployment.api.request('POST', '/v1/messages', { to, body: 'Welcome.' })),
  );
  await Promise.all(first.map(({ body }) => deployment.closed(body.id)));

  const interleavings: Interleaving[] = [];
  const began = new Map<string, number>();
  let spanMs = SENDS_TAKE_MS;
  for (let round = 0; round < ROUNDS; round += 1) {
    const played = await Promise.all(recipients.map((to) => interleave(to, spanMs)));
    const beganNow = await sendsBegan(played.map(({ messageId }) => messageId));
    beganNow.forEach((atMs, messageId) => began.set(messageId, atMs));
    interleavings.push(...played);
    spanMs = nextSpanMs(spanMs, beganNow.size / RECIPIENTS);
  }
  const sentAfter = interleavings.filter(
    ({ committedByMs, messageId }) => (began.get(messageId) ?? -Infinity) > committedByMs + ROUNDING_MS,
  );
  expect(sentAfter).toEqual([]);
  expect(interleavings).toHaveLength(RECIPIENTS * ROUNDS);
  // Both happened often: otherwise nothing was tried.
  expect(began.size).toBeGreaterThan(RECIPIENTS / 2);
  expect(interleavings.length - began.size).toBeGreaterThan(RECIPIENTS / 2);
  const laterMs = takenLaterMs(interleavings);
  expect(laterMs.filter((ms) => ms > TAKEN_WITHIN_MS)).toEqual([]);
  expect(laterMs.length).toBeLessThanOrEqual(began.size);
  await deployment.simulator.control.whenIdle();
  await expectNoViolations(deployment.evidence);
});

it('has what was begun before a STOP taken within the limits of permit and request, and counts it', async () => {
  const played = await Promise.all(recipients.slice(0, UNDER_WAY).map(stopUnderWay));
  const laterMs = takenLaterMs(played);
  // They were under way for seconds: that none was taken after its STOP would mean that nothing was tried.
  expect(laterMs.length).toBeGreaterThan(0);
  expect(laterMs.length).toBeLessThanOrEqual(UNDER_WAY);
  expect(laterMs.filter((ms) => ms > TAKEN_WITHIN_MS)).toEqual([]);
  await deployment.simulator.control.whenIdle();
  await expectNoViolations(deployment.evidence);
});
