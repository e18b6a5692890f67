import { Context } from '@temporalio/activity';

/** The first beat comes late, so that a try of usual length has none: each one that reaches the server is a billable action. */
const BEAT_EVERY_MS = 4_000;

/** Does an activity's work and tells the server meanwhile that this worker is alive. */
export async function withHeartbeats<Result>(work: () => Promise<Result>): Promise<Result> {
  const context = Context.current();
  const beating = setInterval(() => context.heartbeat(), BEAT_EVERY_MS);
  try {
    return await work();
  } finally {
    clearInterval(beating);
  }
}
