import { Registry } from 'prom-client';
import { type Activities } from '../../activities';
import { measuredActivities } from '../../src/telemetry/metrics/measured-activities';
import { createWorkerMetrics } from '../../src/telemetry/metrics/worker-metrics';
import { newOutcome } from '../support/database-fixtures';
import { buildInput } from '../workflow/support/build-input';

/** Activities that succeed at once, measured, and what was counted of them. */
function setUp(played: Partial<Activities>) {
  const registry = new Registry();
  const activities = measuredActivities(played, createWorkerMetrics(registry));
  const counted = async (name: string): Promise<unknown[]> => {
    const { values } = (await registry.getSingleMetric(name)?.get()) ?? { values: [] };
    return values.map(({ labels, value }) => ({ ...labels, value }));
  };
  return { activities, counted };
}

const ended = (errorClass: 'recipient' | 'retry') => ({
  number: 1,
  result: { kind: 'refused' as const, errorClass, reason: 'refused' },
});

test('an outcome is counted once it is recorded, with the time that the message took', async () => {
  const { activities, counted } = setUp({ recordOutcome: () => Promise.resolve() });
  const startedAt = new Date(Date.now() - 45_000).toISOString();
  const message = buildInput();
  const failed = newOutcome({ kind: 'failed', errorClass: 'retry', dead: 'outage' });
  await activities.recordOutcome?.({ message, outcome: newOutcome(), heardEventIds: [], startedAt });
  await activities.recordOutcome?.({
    message,
    outcome: failed,
    attemptEnd: ended('retry'),
    heardEventIds: [],
    startedAt,
  });
  const { category } = message.request;
  expect(await counted('posthorn_messages_closed_total')).toEqual([
    { kind: 'delivered', channel: 'sms', category, error_class: 'none', value: 1 },
    { kind: 'failed', channel: 'sms', category, error_class: 'retry', value: 1 },
  ]);
  expect(await counted('posthorn_messages_dead_total')).toEqual([{ cause: 'outage', value: 1 }]);
  expect(await counted('posthorn_attempts_ended_total')).toEqual([
    { result: 'refused', error_class: 'retry', value: 1 },
  ]);
  const durations = await counted('posthorn_message_duration_seconds');
  expect(durations).toContainEqual({ kind: 'delivered', le: 30, value: 0 });
  expect(durations).toContainEqual({ kind: 'delivered', le: 60, value: 1 });
});

test('a step that ends an attempt counts it, another one does not', async () => {
  const { activities, counted } = setUp({ recordProgress: () => Promise.resolve() });
  const step = { messageId: 'msg_1', status: 'backing_off', heardEventIds: [], note: { kind: 'backing_off' } } as const;
  type Step = Parameters<Activities['recordProgress']>[0];
  await activities.recordProgress?.(step as unknown as Step);
  await activities.recordProgress?.({ ...step, attemptEnd: ended('recipient') } as unknown as Step);
  expect(await counted('posthorn_attempts_ended_total')).toEqual([
    { result: 'refused', error_class: 'recipient', value: 1 },
  ]);
});

test('what a sweep did is counted by the words of its result, and when it was', async () => {
  const { activities, counted } = setUp({
    startUnstarted: () => Promise.resolve({ checked: 2, refused: 1, callbacks: 4 }),
    pollQuietAttempts: () => Promise.resolve({ polled: 5, unreadable: 1, found: 3, deciding: 2 }),
  });
  expect(await counted('posthorn_sweep_last_timestamp_seconds')).toEqual([{ value: 0 }]);
  await activities.startUnstarted?.({ limit: 10 });
  await activities.pollQuietAttempts?.({ limit: 10 });
  expect(await counted('posthorn_sweep_results_total')).toEqual(
    Object.entries({ started: 2, not_started: 1, callbacks: 4, polled: 5, unreadable: 1, found: 3, deciding: 2 }).map(
      ([result, value]) => ({ result, value }),
    ),
  );
  const [last] = (await counted('posthorn_sweep_last_timestamp_seconds')) as { value: number }[];
  expect(last?.value).toBeCloseTo(Date.now() / 1000, -1);
});

test('an activity that fails is not counted, and fails as before', async () => {
  const { activities, counted } = setUp({ recordOutcome: () => Promise.reject(new Error('Postgres is away')) });
  const input = {
    message: buildInput(),
    outcome: newOutcome(),
    heardEventIds: [],
    startedAt: new Date().toISOString(),
  };
  await expect(activities.recordOutcome?.(input)).rejects.toThrow('Postgres is away');
  expect(await counted('posthorn_messages_closed_total')).toEqual([]);
});
