import { createDatabase } from '../../src/database/client';
import { query } from '../../src/database/rows';
import { type Deployment, startDeployment } from '../end-to-end/support/deployment';
import { expectNoViolations } from '../support/expect-no-violations';

jest.setTimeout(300_000);

/** STOPs at random moments around sends: each recipient says stop to a message of each round, and start again before the next. */
const RECIPIENTS = 100;
const ROUNDS = 5;

/** Sends of the first round are spread over some seconds, since Twilio takes 30 a second. */
const SENDS_TAKE_MS = 4_000;

/** Times in the database are rounded to milliseconds. */
const ROUNDING_MS = 1;

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

/** A message, and from when on its recipient's STOP was certainly committed. */
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
  await deployment.simulator.control.whenIdle();
  await expectNoViolations(deployment.evidence);
});
