import { readSweepSchedule } from '../../temporal/read-sweep-schedule';
import { defineCheck } from '../check';
import { green, red, yellow } from '../finding';

/** The schedule that finds what got lost. */
export const sweepSchedule = defineCheck({
  name: 'sweep-schedule',
  after: ['temporal-namespace'],
  needs: ['TEMPORAL_ADDRESS', 'POSTHORN_SWEEP_INTERVAL'],
  run: async ({ settings, temporal }) => {
    const schedule = await temporal(readSweepSchedule);
    if (schedule === undefined) {
      return red({
        what: 'The namespace lacks the schedule of the sweep.',
        why: 'Receipts whose webhook was lost would not be looked for.',
        remedy: 'Run posthorn setup.',
      });
    }
    if (schedule.isPaused) {
      return yellow({
        what: `The schedule of the sweep is paused${schedule.note === undefined ? '' : ` ("${schedule.note}")`}.`,
        why: 'Receipts whose webhook was lost are not looked for meanwhile.',
        remedy: 'Once the reason is gone: temporal schedule toggle --schedule-id posthorn-sweep --unpause',
      });
    }
    if (schedule.intervalMs !== settings.POSTHORN_SWEEP_INTERVAL) {
      return yellow({
        what: `The sweep runs every ${seconds(schedule.intervalMs)}, not every ${seconds(settings.POSTHORN_SWEEP_INTERVAL)} as POSTHORN_SWEEP_INTERVAL says.`,
        why: 'The schedule takes the interval from posthorn setup, not from the processes.',
        remedy: 'Run posthorn setup.',
      });
    }
    return schedule.lastResult === undefined || schedule.lastResult === 'COMPLETED'
      ? green(`The sweep runs every ${seconds(schedule.intervalMs)}; ${ended(schedule.lastResult)}.`)
      : yellow({
          what: `The last sweep that ended was ${schedule.lastResult}.`,
          why: 'Receipts whose webhook was lost may not have been looked for.',
          remedy: 'Look at the workflow posthorn-sweep in the Temporal UI; it names what failed.',
        });
  },
});

function seconds(durationMs: number | undefined): string {
  return durationMs === undefined ? 'so often as somebody set by hand' : `${durationMs / 1000} s`;
}

function ended(lastResult: string | undefined): string {
  return lastResult === undefined ? 'none has ended yet' : 'the last one completed';
}
