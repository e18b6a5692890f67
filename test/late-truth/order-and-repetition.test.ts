import { setTimeout as pause } from 'node:timers/promises';
import fc from 'fast-check';
import { correctOutcome } from '../../src/domain/correct-outcome';
import { DEFAULT_OPT_OUT_CODES } from '../../src/domain/opt-out-code';
import { type Outcome, type OutcomeKind } from '../../src/domain/outcome';
import { recipientState } from '../../src/domain/recipient-state';
import { newSid } from '../support/database-fixtures';
import { expectNoViolations } from '../support/expect-no-violations';
import { buildInput } from '../workflow/support/build-input';
import { type Stage, startStage } from './support/stage';

/** Messages of one sample, all under way at once. */
const LIVES = 30;

interface Told {
  readonly status: string;
  readonly errorCode?: number;
  /** By Twilio's clock. */
  readonly at: string;
}

const EVERYTHING: readonly Told[] = [
  { status: 'sent', at: '2026-01-01T00:00:01.000Z' },
  { status: 'undelivered', errorCode: 30003, at: '2026-01-01T00:00:02.000Z' },
  { status: 'delivered', at: '2026-01-01T00:00:03.000Z' },
  { status: 'failed', errorCode: 30005, at: '2026-01-01T00:00:04.000Z' },
  { status: 'read', at: '2026-01-01T00:00:05.000Z' },
];

/** Some receipts, in some order, some of them twice, each after some pause. */
const anyLife = fc.subarray([...EVERYTHING]).chain((set) =>
  fc
    .subarray(set)
    .chain((again) => fc.shuffledSubarray([...set, ...again], { minLength: set.length + again.length }))
    .chain((order) =>
      fc
        .array(fc.integer({ min: 0, max: 120 }), { minLength: order.length, maxLength: order.length })
        .map((pausesMs) => ({ set, order, pausesMs })),
    ),
);
type Life = typeof anyLife extends fc.Arbitrary<infer Value> ? Value : never;

let stage: Stage;
beforeAll(async () => {
  stage = await startStage();
});
afterAll(() => expectNoViolations(stage.evidence));
afterAll(() => stage.stop());

interface Result {
  readonly kind: OutcomeKind | undefined;
  readonly errorCode: number | undefined;
  readonly status: string | undefined;
}

/** What the set of receipts says, whenever they came. */
function expectedOf({ set }: Life): Result {
  const state = recipientState(set, undefined);
  const silent: Outcome = { kind: 'unconfirmed', channel: 'sms', attempt: 1, reason: '', at: '' };
  const facts = [{ number: 1, channel: 'sms' as const, state }];
  const { kind, errorCode } = correctOutcome(silent, facts, DEFAULT_OPT_OUT_CODES) ?? silent;
  return { kind, errorCode, status: state.status };
}

async function live({ order, pausesMs }: Life, index: number): Promise<Result> {
  const input = buildInput({
    to: `+1202555${String(3000 + index)}`,
    policy: { deliveryTimeout: '200ms', onTimeout: 'accept', maxAttempts: 1 },
  });
  const handle = await stage.start(input);
  const deliveryReceiptSid = newSid('DY');
  for (const [position, { status, ...rest }] of order.entries()) {
    await pause(pausesMs[position]);
    await stage.tell(input, 1, status, { deliveryReceiptSid, ...rest });
  }
  await handle.result();
  await stage.settled();
  const { attempts, outcome } = await stage.show(input);
  const told = attempts[0]?.receipts ?? [];
  return {
    kind: outcome?.kind,
    errorCode: outcome?.errorCode,
    status: recipientState(told, undefined).status,
  };
}

test('from webhook to outcome, the result depends on the set of receipts only', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(anyLife, { minLength: LIVES, maxLength: LIVES }), async (lives) => {
      const results = await Promise.all(lives.map(live));
      expect(results).toEqual(lives.map(expectedOf));
    }),
    { numRuns: 2, endOnFailure: true },
  );
}, 60_000);
