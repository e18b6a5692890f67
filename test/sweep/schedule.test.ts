import { randomUUID } from 'node:crypto';
import { type Client, ScheduleOverlapPolicy } from '@temporalio/client';
import { connectClient } from '../../src/temporal/connect-client';
import { ensureNamespace } from '../../src/temporal/namespace-setup';
import { ensureSweepSchedule, hasSweepSchedule, SWEEP_SCHEDULE_ID } from '../../src/temporal/sweep-schedule';
import { testServices } from '../support/test-services';
import { until } from '../support/until';

let client: Client;
let close: () => Promise<void>;

beforeEach(async () => {
  const namespace = `schedule-${randomUUID()}`;
  const connectionOptions = { address: testServices().temporalAddress };
  ({ client, close } = connectClient({ namespace, connectionOptions }, []));
  await ensureNamespace(client);
});
afterEach(() => close());

const describeSchedule = () => client.schedule.getHandle(SWEEP_SCHEDULE_ID).describe();

test('is made once, and then says so', async () => {
  await expect(hasSweepSchedule(client)).resolves.toBe(false);
  await expect(ensureSweepSchedule(client, 30_000)).resolves.toBe('created');
  await expect(ensureSweepSchedule(client, 30_000)).resolves.toBe('unchanged');
  await expect(hasSweepSchedule(client)).resolves.toBe(true);
  const schedule = await describeSchedule();
  expect(schedule.spec.intervals).toMatchObject([{ every: 30_000 }]);
  expect(schedule.policies).toMatchObject({ overlap: ScheduleOverlapPolicy.SKIP, catchupWindow: 10_000 });
  expect(schedule.action).toMatchObject({ workflowType: 'sweepReceipts', taskQueue: 'posthorn' });
});

test('takes a new interval, without a second schedule', async () => {
  await ensureSweepSchedule(client, 30_000);
  await expect(ensureSweepSchedule(client, 45_000)).resolves.toBe('updated');
  expect((await describeSchedule()).spec.intervals).toMatchObject([{ every: 45_000 }]);
  const ids = await until('the list', async () => {
    const found: string[] = [];
    for await (const { scheduleId } of client.schedule.list()) {
      found.push(scheduleId);
    }
    return found.length > 0 && found;
  });
  expect(ids).toEqual([SWEEP_SCHEDULE_ID]);
});

test('stays paused when somebody paused it', async () => {
  await ensureSweepSchedule(client, 30_000);
  await client.schedule.getHandle(SWEEP_SCHEDULE_ID).pause('maintenance');
  await ensureSweepSchedule(client, 45_000);
  expect((await describeSchedule()).state).toMatchObject({ paused: true, note: 'maintenance' });
});
