import { createResourceStack, type ResourceStack } from '../resource-stack';
import { exitCodeOf, listenForShutdown } from '../shutdown';
import { withTimeLimit } from '../time-limit';

/** How long each part of a local stack may take to stop, and all of them, in milliseconds. */
const STOP_PART_WITHIN_MS = 10_000;
const STOP_WITHIN_MS = 20_000;

/** How long a command may take to notice that what it worked with has been stopped, in milliseconds. */
const NOTICE_WITHIN_MS = 1_000;

/** What a command has while it runs in front of a person. */
export interface Session {
  /** Stopped at the end, however it comes. */
  readonly resources: ResourceStack;
  /** Aborted by Ctrl-C and SIGTERM. */
  readonly signal: AbortSignal;
}

/** How a command ended. */
export interface SessionEnd {
  readonly exitCode: number;
  /** Leaves everything up until Ctrl-C or SIGTERM. */
  readonly staysUp?: boolean;
}

/**
 * Runs a command that starts servers, and stops all of them when it ends, fails or is asked to.
 * @param say tells the person; errors come on it too.
 * @returns the exit code: that of `work`, 1 when it failed, 130 or 143 when a signal came before its end. When `work`
 * does not end after that, the process does.
 */
export async function runSession(
  say: (line: string) => void,
  work: (session: Session) => Promise<SessionEnd>,
): Promise<number> {
  const shutdown = listenForShutdown({
    source: process,
    forceAfterMs: STOP_WITHIN_MS,
    forceExit: (exitCode) => process.exit(exitCode),
    announce: say,
  });
  const resources = createResourceStack({
    stopWithinMs: STOP_PART_WITHIN_MS,
    report: ({ name, error }) => say(`${name} did not stop: ${messageOf(error)}`),
  });
  const { abortSignal: signal, requested } = shutdown;
  const working = work({ resources, signal }).catch((error: unknown): SessionEnd => {
    // After a signal, things fail because they were stopped.
    if (!signal.aborted) {
      say(messageOf(error));
    }
    return { exitCode: 1 };
  });
  const interrupted = requested.then((name): SessionEnd => ({ exitCode: exitCodeOf(name) }));
  const { exitCode, staysUp } = await Promise.race([working, interrupted]);
  if (staysUp === true) {
    await requested;
  }
  const problems = await resources.stopAll();
  shutdown.remove();
  const finalCode = problems.length > 0 ? Math.max(exitCode, 1) : exitCode;
  // Calls that were under way may go on asking servers that are gone; nobody waits for them any more.
  await withTimeLimit(working, NOTICE_WITHIN_MS, 'still asking').catch(() => process.exit(finalCode));
  return finalCode;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
