import { type Activities } from '../../../activities';
import { type AttemptEnd } from '../../database/message-store';
import { type WorkerMetrics } from './worker-metrics';

/** What a worker runs, some or all of it. */
type SomeActivities = Partial<Activities>;

/** Activities, with what came of them counted. One that Temporal repeats after its answer was lost is counted twice. */
export function measuredActivities<Some extends SomeActivities>(activities: Some, metrics: WorkerMetrics): Some {
  const { pollQuietAttempts, recordOutcome, recordProgress, startUnstarted } = activities;
  const measured: SomeActivities = {
    ...activities,
    ...(recordProgress && {
      recordProgress: after(recordProgress, ({ attemptEnd }) => countAttempt(metrics, attemptEnd)),
    }),
    ...(recordOutcome && { recordOutcome: after(recordOutcome, (input) => countOutcome(metrics, input)) }),
    ...(startUnstarted && {
      startUnstarted: after(startUnstarted, (_, { callbacks, checked, refused }) =>
        countSweep(metrics, { started: checked, not_started: refused, callbacks }),
      ),
    }),
    ...(pollQuietAttempts && {
      pollQuietAttempts: after(pollQuietAttempts, (_, result) => countSweep(metrics, { ...result })),
    }),
  };
  return measured as Some;
}

function after<Input, Result>(
  activity: (input: Input) => Promise<Result>,
  count: (input: Input, result: Result) => void,
): (input: Input) => Promise<Result> {
  return async (input) => {
    const result = await activity(input);
    count(input, result);
    return result;
  };
}

function countAttempt({ attempts }: WorkerMetrics, end: AttemptEnd | undefined): void {
  if (end !== undefined) {
    const { result } = end;
    attempts.inc({ result: result.kind, error_class: result.kind === 'refused' ? result.errorClass : 'none' });
  }
}

function countOutcome(
  metrics: WorkerMetrics,
  { attemptEnd, message, outcome, startedAt }: Parameters<Activities['recordOutcome']>[0],
): void {
  const { kind, channel, errorClass = 'none' } = outcome;
  countAttempt(metrics, attemptEnd);
  metrics.closed.inc({ kind, channel, category: message.request.category, error_class: errorClass });
  if (outcome.dead !== undefined) {
    metrics.dead.inc({ cause: outcome.dead });
  }
  metrics.stories.observe({ kind }, Math.max(0, Date.now() - Date.parse(startedAt)) / 1000);
}

function countSweep({ lastSweep, swept }: WorkerMetrics, results: Readonly<Record<string, number>>): void {
  Object.entries(results).forEach(([result, count]) => swept.inc({ result }, count));
  lastSweep.setToCurrentTime();
}
