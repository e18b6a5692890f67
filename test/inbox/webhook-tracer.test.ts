import { type WebhookTrace } from '../../src/domain/webhook-trace';
import { createBackground } from '../../src/inbox/background';
import { createTraceLimit } from '../../src/inbox/trace-limit';
import { createTraceUpkeep } from '../../src/inbox/trace-upkeep';
import { createWebhookTracer } from '../../src/inbox/webhook-tracer';
import { createLogger } from '../../src/telemetry/logger';
import { until } from '../support/until';

const STORED: WebhookTrace = {
  receivedAt: '2026-01-31T08:05:01.000Z',
  endpoint: 'conversations',
  verdict: 'accepted',
  effect: 'receipt_stored',
  count: 1,
};

function setUp({ add }: { add?: () => Promise<void> } = {}) {
  const logged: string[] = [];
  const written: (readonly WebhookTrace[])[] = [];
  const logger = createLogger({
    level: 'debug',
    name: 'test',
    destination: { write: (line) => void logged.push(line) },
  });
  const tracer = createWebhookTracer({
    store: { add: (traces) => add?.() ?? Promise.resolve(void written.push(traces)) },
    background: createBackground({ limit: 2, report: (error) => expect(error).toBeUndefined() }),
    limit: createTraceLimit(2),
    logger,
  });
  return { tracer, written, logged, logger };
}

test('traces that come together are written together, and a stop waits for them', async () => {
  const { tracer, written, logged } = setUp();
  for (let count = 0; count < 400; count += 1) {
    tracer.note(STORED);
  }
  await tracer.stop();
  expect(written.map((traces) => traces.length)).toEqual([400]);
  expect(logged).toEqual([]);
});

test('a stop writes what was only counted', async () => {
  const { tracer, written } = setUp();
  for (let count = 0; count < 10; count += 1) {
    tracer.note({ ...STORED, verdict: 'repeated', effect: 'nothing' });
  }
  await tracer.stop();
  expect(written.flat().map(({ count }) => count)).toEqual([1, 1, 8]);
});

test('what cannot be written is dropped, said once with its number, and does not stop the next', async () => {
  let isDown = true;
  const { tracer, logged } = setUp({
    add: () => (isDown ? Promise.reject(new Error('no database')) : Promise.resolve()),
  });
  tracer.note(STORED);
  tracer.note(STORED);
  await tracer.stop();
  expect(logged.map((line) => JSON.parse(line) as object)).toMatchObject([
    { level: 40, dropped: 2, err: { message: 'no database' }, msg: expect.stringContaining('left no trace') as string },
  ]);
  isDown = false;
  tracer.note(STORED);
  await tracer.stop();
  tracer.flush();
  expect(logged).toHaveLength(1);
});

test('a database that hangs fills no memory', async () => {
  let answer = (): void => undefined;
  let calls = 0;
  const hanging = new Promise<void>((resolve) => (answer = resolve));
  const { tracer, logged } = setUp({
    add: () => {
      calls += 1;
      return hanging;
    },
  });
  tracer.note(STORED);
  await until('the first write', () => calls === 1);
  for (let count = 0; count < 10_003; count += 1) {
    tracer.note(STORED);
  }
  tracer.flush();
  expect(logged.map((line) => JSON.parse(line) as object)).toMatchObject([{ level: 40, dropped: 3 }]);
  answer();
  await tracer.stop();
  expect(calls).toBe(1 + 10_000 / 500);
});

describe('upkeep', () => {
  const MINUTE_MS = 60_000;
  const KEEP_MS = 7 * 24 * 60 * MINUTE_MS;

  function setUpUpkeep(batches: readonly (number | Error)[]) {
    const left = [...batches];
    const done: string[] = [];
    let nowMs = 0;
    const { logger, logged } = setUp();
    const keepUp = createTraceUpkeep({
      tracer: { flush: () => void done.push('flush') },
      store: {
        dropOlderThan: (ageMs) => {
          expect(ageMs).toBe(KEEP_MS);
          done.push('drop');
          const next = left.shift() ?? 0;
          return next instanceof Error ? Promise.reject(next) : Promise.resolve(next);
        },
      },
      logger,
      keepMs: KEEP_MS,
      now: () => nowMs,
    });
    const runAt = async (atMs: number): Promise<string[]> => {
      nowMs = atMs;
      done.length = 0;
      await keepUp();
      return [...done];
    };
    return { runAt, logged };
  }

  test('drops at the start, one batch a call until none is full, then hourly; counts are written every minute', async () => {
    const { runAt } = setUpUpkeep([5_000, 5_000, 17]);
    expect(await runAt(0)).toEqual(['drop']);
    expect(await runAt(1)).toEqual(['drop']);
    expect(await runAt(2)).toEqual(['drop']);
    expect(await runAt(3)).toEqual([]);
    expect(await runAt(MINUTE_MS)).toEqual(['flush']);
    expect(await runAt(MINUTE_MS + 1)).toEqual([]);
    expect(await runAt(2 * MINUTE_MS)).toEqual(['flush']);
    expect(await runAt(61 * MINUTE_MS)).toEqual(['flush', 'drop']);
  });

  test('a database that is away is no reason to fail', async () => {
    const { runAt, logged } = setUpUpkeep([new Error('no database')]);
    expect(await runAt(0)).toEqual(['drop']);
    expect(await runAt(1)).toEqual([]);
    expect(await runAt(61 * MINUTE_MS)).toEqual(['flush', 'drop']);
    expect(logged).toHaveLength(1);
  });
});
