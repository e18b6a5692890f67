import { Registry } from 'prom-client';
import { type Backlog } from '../../src/database/sql/backlog';
import { measureBacklog } from '../../src/telemetry/metrics/backlog-metrics';
import { rememberedBacklog } from '../../src/telemetry/metrics/remembered-backlog';

const BACKLOG: Backlog = {
  waitingEvents: 3,
  oldestEventSeconds: 12.5,
  openMessages: [{ status: 'awaiting_receipt', count: 7 }],
};

/** Scrapes at given times; each reading takes the next of these, an error for a database that is away. */
function setUp(...readings: (Backlog | Error)[]) {
  const registry = new Registry();
  let nowMs = 0;
  let asked = 0;
  const readBacklog = (): Promise<Backlog> => {
    const reading = readings[asked] ?? new Error('asked too often');
    asked += 1;
    return reading instanceof Error ? Promise.reject(reading) : Promise.resolve(reading);
  };
  measureBacklog(
    registry,
    rememberedBacklog(readBacklog, () => nowMs),
  );
  return async (atMs: number): Promise<{ lines: string[]; asked: number }> => {
    nowMs = atMs;
    const text = await registry.metrics();
    return { lines: text.split('\n').filter((line) => /^posthorn_(relay|open)/.test(line)), asked };
  };
}

test('a scrape shows what waits now, and scrapes that follow closely cost nothing', async () => {
  const scrape = setUp(BACKLOG, { ...BACKLOG, waitingEvents: 4, openMessages: [] });
  const lines = [
    'posthorn_relay_waiting_events 3',
    'posthorn_relay_oldest_event_age_seconds 12.5',
    'posthorn_open_messages{status="awaiting_receipt"} 7',
  ];
  expect(await scrape(0)).toEqual({ lines, asked: 1 });
  expect(await scrape(4_999)).toEqual({ lines, asked: 1 });
  const later = await scrape(5_000);
  expect(later.lines).toEqual(['posthorn_relay_waiting_events 4', lines[1]]);
  expect(later.asked).toBe(2);
});

test('while the database is away there are no old figures, and the rest is shown all the same', async () => {
  const scrape = setUp(BACKLOG, new Error('away'), BACKLOG);
  await scrape(0);
  expect((await scrape(5_000)).lines).toEqual([
    'posthorn_relay_waiting_events Nan',
    'posthorn_relay_oldest_event_age_seconds Nan',
  ]);
  expect((await scrape(10_000)).lines).toHaveLength(3);
});
