import { type Deployment, startDeployment } from '../end-to-end/support/deployment';
import { expectNoViolations } from '../support/expect-no-violations';
import { expectDeliveredOnce } from './support/expect-delivered-once';
import { createFaultBench, type FaultBench, type Posted } from './support/fault-bench';

jest.setTimeout(120_000);

/** A hanging request is given up after 10 s, and absence is proved 17 s after a create. */
const REPAIRED_WITHIN_MS = 60_000;

/** Times in the simulator's log are whole milliseconds. */
const ROUNDING_MS = 2;
const RETRY_AFTER_SECONDS = 2;

const LOST = {
  'the connection is reset': { kind: 'reset' },
  'Twilio says 500': { kind: 'respond', status: 500, code: 20500 },
  'Twilio says 503': { kind: 'respond', status: 503, code: 20503 },
  'no answer comes': { kind: 'hang' },
} as const;
type Loss = keyof typeof LOST;
const LOSSES = Object.keys(LOST) as Loss[];

let deployment: Deployment;
let bench: FaultBench;
beforeAll(async () => {
  deployment = await startDeployment();
  bench = createFaultBench(deployment);
});
afterAll(() => expectNoViolations(deployment.evidence));
afterAll(() => deployment.stop());

/** Posts to a stranger whose list of messages lags, and loses the answer to the create. */
async function postAndLose(loss: Loss, when: 'before' | 'after', listLagMs: number): Promise<Posted> {
  const to = bench.stranger();
  const script = { steps: [{ status: 'sent' as const }, { status: 'delivered' as const }], listLagMs };
  deployment.simulator.control.scriptAddress({ address: to, scripts: [{ messages: 'all', script }] });
  bench.breakNext('messages.create', { when, effect: LOST[loss] }, to);
  return await bench.post(to);
}

async function postAndLimit(): Promise<Posted> {
  const to = bench.stranger();
  deployment.simulator.control.addFault({
    operation: 'messages.create',
    address: to,
    requests: 3,
    when: 'before',
    effect: { kind: 'respond', status: 429, code: 20429, retryAfterSeconds: RETRY_AFTER_SECONDS },
  });
  return await bench.post(to);
}

/** Each request is answered in time; together they take longer than a worker may be silent. */
async function postSlowly(): Promise<Posted> {
  const to = bench.stranger();
  const slow = { when: 'before', effect: { kind: 'slow', delayMs: 7_000 } } as const;
  bench.breakNext('participants.create', slow, to);
  bench.breakNext('messages.create', slow, to);
  return await bench.post(to);
}

const conversationOf = (posted: Posted): string | undefined => bench.atTwilio(posted)[0]?.conversationSid;

/** The requests for an operation in the message's conversation. */
function requestsFor(operation: string, posted: Posted) {
  return deployment.simulator.control
    .requests()
    .filter((request) => request.operation === operation && request.path.includes(conversationOf(posted) ?? '-'));
}

/** The HTTP status of each answer; null where none was given. */
const statusesOf = (operation: string, posted: Posted): (number | null)[] =>
  requestsFor(operation, posted).map(({ status }) => status);

/** Milliseconds from each answer to the next request. */
function pausesBetweenCreates(posted: Posted): number[] {
  const creates = requestsFor('messages.create', posted).map(({ at, durationMs }) => {
    const answeredAt = Date.parse(at);
    return { begunAt: answeredAt - durationMs, answeredAt };
  });
  return creates.slice(1).map(({ begunAt }, index) => begunAt - (creates[index]?.answeredAt ?? Infinity));
}

describe('told of nothing but receipts, posthorn looks for a message whose create was not answered', () => {
  const accepted = new Map<Loss, Posted>();
  const refused = new Map<Loss, Posted>();
  let lagging: Posted;

  beforeAll(async () => {
    await bench.tell('onDeliveryUpdated');
    for (const loss of LOSSES) {
      accepted.set(loss, await postAndLose(loss, 'after', 0));
      refused.set(loss, await postAndLose(loss, 'before', 0));
    }
    lagging = await postAndLose('the connection is reset', 'after', 5_000);
  });

  test.each(LOSSES)('accepted, then %s: it is found, and not sent again', async (loss) => {
    const posted = accepted.get(loss) as Posted;
    await expectDeliveredOnce(bench, posted, REPAIRED_WITHIN_MS);
    expect(statusesOf('messages.create', posted)).toHaveLength(1);
    expect(statusesOf('messages.list', posted).length).toBeGreaterThan(0);
  });

  test.each(LOSSES)('not accepted, and %s: it is proved absent, and sent again', async (loss) => {
    const posted = refused.get(loss) as Posted;
    await expectDeliveredOnce(bench, posted, REPAIRED_WITHIN_MS);
    expect(statusesOf('messages.create', posted)).toHaveLength(2);
  });

  test('a list that lags longer than the first looks is asked again', async () => {
    await expectDeliveredOnce(bench, lagging, REPAIRED_WITHIN_MS);
    expect(statusesOf('messages.list', lagging).length).toBeGreaterThan(2);
  });
});

describe('told of added messages too', () => {
  const hidden = new Map<Loss, Posted>();
  let limited: Posted;
  let slow: Posted;

  beforeAll(async () => {
    await bench.tell('onDeliveryUpdated', 'onMessageAdded');
    for (const loss of LOSSES) {
      hidden.set(loss, await postAndLose(loss, 'after', 600_000));
    }
    limited = await postAndLimit();
    slow = await postSlowly();
  });

  test.each(LOSSES)('accepted, then %s: a list that lags longer than all looks does no harm', async (loss) => {
    const posted = hidden.get(loss) as Posted;
    await expectDeliveredOnce(bench, posted, REPAIRED_WITHIN_MS);
    expect(statusesOf('messages.create', posted)).toHaveLength(1);
  });

  test('a burst of 429 leads to one message, and each create waits for as long as Twilio asked', async () => {
    await expectDeliveredOnce(bench, limited, REPAIRED_WITHIN_MS);
    expect(statusesOf('messages.create', limited)).toEqual([429, 429, 429, 201]);
    for (const pauseMs of pausesBetweenCreates(limited)) {
      expect(pauseMs).toBeGreaterThanOrEqual(RETRY_AFTER_SECONDS * 1_000 - ROUNDING_MS);
    }
    // What was refused left nothing, so there is nothing to look for.
    expect(statusesOf('messages.list', limited)).toEqual([]);
  });

  test('a send that takes longer than the silence of a dead worker is left alone', async () => {
    await expectDeliveredOnce(bench, slow, REPAIRED_WITHIN_MS);
    // Another try would have asked where the pair is, or looked for the message.
    expect(statusesOf('participants.create', slow)).toEqual([201]);
    expect(statusesOf('messages.create', slow)).toEqual([201]);
    expect(statusesOf('messages.list', slow)).toEqual([]);
  });
});
