import { silentScript } from '../../src/simulator/delivery/preset-scripts';
import { createDatabase } from '../../src/database/client';
import { query } from '../../src/database/rows';
import { type Deployment, startDeployment } from '../end-to-end/support/deployment';
import { expectNoViolations } from '../support/expect-no-violations';
import { until } from '../support/until';

jest.setTimeout(300_000);

/** STOPs at random moments around an SMS that nobody confirms and the call that follows it. */
const RECIPIENTS = 40;
const ROUNDS = 3;

/** More rounds are played while one of the two has hardly happened. */
const MOST_ROUNDS = 8;

/** From acceptance to the call of most messages, at first; later rounds follow the speed of the machine. */
const CALLS_TAKE_MS = 3_000;
const CALLS_TAKE_AT_MOST_MS = 30_000;

/** Times in the database are rounded to milliseconds. */
const ROUNDING_MS = 1;

/** What lies at most between the question to the ledger and the request at Twilio: as long as an answer of it may be acted on, and the way. */
const ON_THE_WAY_MS = 10_000;

let deployment: Deployment;
beforeAll(async () => {
  deployment = await startDeployment({ variables: { TWILIO_VOICE_FROM: '+12025550102' } });
  const { control } = deployment.simulator;
  control.setDefaultScript(silentScript(0));
  control.setDefaultCallScript({ fate: { kind: 'human' }, secondMs: 1 });
}, 120_000);
afterAll(() => deployment.stop());

const recipients = Array.from({ length: RECIPIENTS }, (_, index) => `+120255512${String(index).padStart(2, '0')}`);
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
const ledger = async (method: string, address: string, body: object): Promise<void> => {
  expect((await deployment.api.request(method, `/v1/opt-outs/${address}`, body)).status).toBe(200);
};

/** A message, and from when on the STOP of its recipient was certainly committed. */
interface Interleaving {
  readonly to: string;
  readonly messageId: string;
  readonly scope: { readonly channel?: 'voice' };
  readonly committedByMs: number;
}

/** A STOP to everything, or to calls alone, so that the SMS goes on to the call. */
async function interleave(to: string, withinMs: number, scope: Interleaving['scope']): Promise<Interleaving> {
  const stopped = pause(Math.random() * withinMs).then(async () => {
    await ledger('PUT', to, { scope, reason: 'a test' });
    return Date.now();
  });
  const policy = { deliveryTimeout: '500ms', maxAttempts: 1, escalation: [{ channel: 'voice', maxAttempts: 1 }] };
  const message = { to, body: 'The water is rising.', category: 'security', policy };
  const { body } = await deployment.api.request('POST', '/v1/messages', message);
  const committedByMs = await stopped;
  await until(
    `the end of ${body.id}`,
    async () => (await deployment.api.request('GET', `/v1/messages/${body.id}`)).body.status === 'closed',
    60_000,
  );
  await ledger('DELETE', to, { reason: 'a test' });
  return { to, messageId: body.id, scope, committedByMs };
}

interface Sent {
  readonly messageId: string;
  readonly channel: string;
  readonly callSid: string | null;
  readonly startedAt: string;
}

/** What Twilio took of the messages, and when each attempt began: before the ledger was asked whether it may be made. */
async function sentOf(messageIds: readonly string[]): Promise<readonly Sent[]> {
  const knex = createDatabase({ url: deployment.evidence.databaseUrl, poolMax: 1, applicationName: 'posthorn test' });
  try {
    return await query<Sent>(
      knex,
      `select message_id as "messageId", channel, call_sid as "callSid", started_at as "startedAt" from attempts
       where message_id = any(cast(:messageIds as text[])) and coalesce(message_sid, call_sid) is not null`,
      { messageIds },
    );
  } finally {
    await knex.destroy();
  }
}

/** The time within which the next round says STOP: more when few were called before it, less when most were. */
function nextSpanMs(spanMs: number, shareCalled: number): number {
  if (shareCalled < 0.3) {
    return Math.min(spanMs * 3, CALLS_TAKE_AT_MOST_MS);
  }
  return shareCalled > 0.7 ? spanMs / 2 : spanMs;
}

it(`calls nobody after a STOP was committed, ${RECIPIENTS * ROUNDS} times or more, at random moments`, async () => {
  const interleavings = new Map<string, Interleaving>();
  const sent: Sent[] = [];
  const calls = (): Sent[] => sent.filter(({ channel }) => channel === 'voice');
  const hasBoth = (): boolean =>
    Math.min(calls().length, interleavings.size - calls().length) > (RECIPIENTS * ROUNDS) / 20;
  let spanMs = CALLS_TAKE_MS;
  for (let round = 0; round < ROUNDS || (!hasBoth() && round < MOST_ROUNDS); round += 1) {
    const scopeOf = (index: number): Interleaving['scope'] => (index % 2 === 0 ? {} : { channel: 'voice' });
    const played = await Promise.all(recipients.map((to, index) => interleave(to, spanMs, scopeOf(index))));
    played.forEach((one) => interleavings.set(one.messageId, one));
    const now = await sentOf(played.map(({ messageId }) => messageId));
    sent.push(...now);
    const shareCalled = now.filter(({ channel }) => channel === 'voice').length / RECIPIENTS;
    spanMs = nextSpanMs(spanMs, shareCalled);
  }
  const committedBy = (messageId: string): number => interleavings.get(messageId)?.committedByMs ?? 0;
  const isAbout = ({ channel, messageId }: Sent): boolean =>
    (interleavings.get(messageId)?.scope.channel ?? channel) === channel;
  const begunAfter = sent.filter(
    (one) => isAbout(one) && Date.parse(one.startedAt) > committedBy(one.messageId) + ROUNDING_MS,
  );
  expect(begunAfter).toEqual([]);
  // By Twilio's own clock too: a call that was planned before the STOP and placed long after it would be seen here.
  const placedAfter = calls().filter(({ callSid, messageId }) => {
    const [call] = deployment.simulator.control.calls({ callSid: callSid ?? '' });
    return (call?.createdAt.getTime() ?? Infinity) > committedBy(messageId) + ON_THE_WAY_MS;
  });
  expect(placedAfter).toEqual([]);
  // Otherwise nothing was tried.
  expect(hasBoth()).toBe(true);
  await deployment.simulator.control.whenIdle();
  await expectNoViolations(deployment.evidence);
});
