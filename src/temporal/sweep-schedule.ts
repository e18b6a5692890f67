import {
  type Client,
  ScheduleAlreadyRunning,
  type ScheduleOptions,
  type ScheduleOptionsStartWorkflowAction,
  ScheduleNotFoundError,
  ScheduleOverlapPolicy,
} from '@temporalio/client';
import { type sweepReceipts } from '../../workflows';
import { DEFAULT_TASK_QUEUE } from '../../workflows/contract';

/** The schedule, and with the time of the run behind it the workflows that it starts. */
export const SWEEP_SCHEDULE_ID = 'posthorn-sweep';

/** What a sweep missed, the next one finds: runs of an outage are not made up for. No less is allowed. */
const CATCH_UP_WINDOW = '10s';

/** A sweep that hangs must not keep the others from coming for ever: no sweep lies over another. */
const SWEEP_TIMEOUT = '1 hour';

type SweepSchedule = ScheduleOptions<ScheduleOptionsStartWorkflowAction<typeof sweepReceipts>>;
export type ScheduleChange = 'created' | 'updated' | 'unchanged';

/** Makes the schedule of the sweep, or gives the one that is there this interval. One that somebody paused stays paused. */
export async function ensureSweepSchedule(
  client: Client,
  intervalMs: number,
  taskQueue: string = DEFAULT_TASK_QUEUE,
): Promise<ScheduleChange> {
  const options = sweepSchedule(intervalMs, taskQueue);
  try {
    await client.schedule.create<typeof sweepReceipts>({ scheduleId: SWEEP_SCHEDULE_ID, ...options });
    return 'created';
  } catch (error) {
    if (!(error instanceof ScheduleAlreadyRunning)) {
      throw error;
    }
  }
  const handle = client.schedule.getHandle(SWEEP_SCHEDULE_ID);
  const { spec } = await handle.describe();
  await handle.update<typeof sweepReceipts>(({ state }) => ({
    ...options,
    state: { paused: state.paused, ...(state.note === undefined ? {} : { note: state.note }) },
  }));
  return spec.intervals?.length === 1 && spec.intervals[0]?.every === intervalMs ? 'unchanged' : 'updated';
}

/** Whether the namespace has the schedule. */
export async function hasSweepSchedule(client: Client): Promise<boolean> {
  try {
    await client.schedule.getHandle(SWEEP_SCHEDULE_ID).describe();
    return true;
  } catch (error) {
    if (error instanceof ScheduleNotFoundError) {
      return false;
    }
    throw error;
  }
}

function sweepSchedule(intervalMs: number, taskQueue: string): Omit<SweepSchedule, 'scheduleId'> {
  return {
    spec: { intervals: [{ every: intervalMs }] },
    action: {
      type: 'startWorkflow',
      workflowType: 'sweepReceipts',
      workflowId: SWEEP_SCHEDULE_ID,
      taskQueue,
      args: [],
      workflowExecutionTimeout: SWEEP_TIMEOUT,
    },
    policies: { overlap: ScheduleOverlapPolicy.SKIP, catchupWindow: CATCH_UP_WINDOW },
  };
}
