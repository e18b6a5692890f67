import { type Client, ScheduleNotFoundError } from '@temporalio/client';
import { SWEEP_SCHEDULE_ID } from './sweep-schedule';

export interface SweepScheduleSnapshot {
  readonly isPaused: boolean;
  /** What whoever paused it wrote. */
  readonly note: string | undefined;
  /** From one sweep to the next, in milliseconds; undefined when somebody gave the schedule another form. */
  readonly intervalMs: number | undefined;
  /** How the last sweep that has ended did so, in Temporal's words, such as `COMPLETED`; undefined when none has. */
  readonly lastResult: string | undefined;
}

/** The schedule of the sweep, with what became of its latest run. @returns undefined when there is none. */
export async function readSweepSchedule(client: Client): Promise<SweepScheduleSnapshot | undefined> {
  try {
    const { info, spec, state } = await client.schedule.getHandle(SWEEP_SCHEDULE_ID).describe();
    const runs = info.recentActions.map(({ action }) => action.workflow);
    return {
      isPaused: state.paused,
      note: state.note,
      intervalMs: spec.intervals?.length === 1 ? spec.intervals[0]?.every : undefined,
      lastResult: await lastEnd(client, runs.reverse()),
    };
  } catch (error) {
    if (error instanceof ScheduleNotFoundError) {
      return undefined;
    }
    throw error;
  }
}

interface Run {
  readonly workflowId: string;
  readonly firstExecutionRunId: string;
}

/** Looks at the runs, the newest first, until one has ended. */
async function lastEnd(client: Client, [newest, ...older]: readonly Run[]): Promise<string | undefined> {
  if (newest === undefined) {
    return undefined;
  }
  const handle = client.workflow.getHandle(newest.workflowId, newest.firstExecutionRunId);
  const { name } = (await handle.describe()).status;
  return name === 'RUNNING' ? lastEnd(client, older) : name;
}
