import { withTimeLimit } from '../../time-limit';
import { type AppContext } from '../app-context';
import { HttpProblem } from '../http-problem';

/** Something that posthorn cannot work without. */
export interface ReadinessCheck {
  /** Such as `database`. */
  readonly part: string;
  /** @returns what is wrong and what to do about it; undefined when all is well. */
  readonly findProblem: () => Promise<string | undefined>;
}

/** A check that takes longer has failed: whoever asks gives up soon after. */
const CHECK_TIMEOUT_MS = 3000;

export interface ReadinessDependencies {
  readonly checks: readonly ReadinessCheck[];
  /** Milliseconds that a check may take; without it `CHECK_TIMEOUT_MS`. */
  readonly checkTimeoutMs?: number | undefined;
}

/** GET /healthz: the process is alive and answers. */
export function showHealth() {
  return function showHealth(context: AppContext): void {
    context.body = { status: 'ok' };
  };
}

/** GET /readyz: everything that posthorn needs can be reached, or which part cannot and what to do. */
export function showReadiness({ checks, checkTimeoutMs = CHECK_TIMEOUT_MS }: ReadinessDependencies) {
  return async function showReadiness(context: AppContext): Promise<void> {
    const results = await Promise.all(checks.map((check) => runCheck(check, checkTimeoutMs)));
    const errors = results.flatMap(({ part, problem }) =>
      problem === undefined ? [] : [{ field: part, message: `${part}: ${problem}` }],
    );
    if (errors.length > 0) {
      throw new HttpProblem('not_ready', {
        detail: `Not ready: ${errors.map(({ field }) => field).join(', ')}.`,
        errors,
      });
    }
    context.body = { status: 'ready', checks: Object.fromEntries(results.map(({ part }) => [part, 'ok'])) };
  };
}

async function runCheck(
  { part, findProblem }: ReadinessCheck,
  timeoutMs: number,
): Promise<{ part: string; problem: string | undefined }> {
  try {
    const tooLate = `no answer within ${timeoutMs} ms: check that it runs and can be reached`;
    return { part, problem: await withTimeLimit(findProblem(), timeoutMs, tooLate) };
  } catch (error) {
    return { part, problem: error instanceof Error ? error.message : String(error) };
  }
}
