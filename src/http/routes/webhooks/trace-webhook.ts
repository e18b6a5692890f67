import { type WebhookEndpoint, type WebhookTrace, type WebhookVerdict } from '../../../domain/webhook-trace';
import { type WebhookTracer } from '../../../inbox/webhook-tracer';
import { type AppMiddleware } from '../../app-context';
import { toHttpProblem } from '../../to-http-problem';

type Ending = Pick<WebhookTrace, 'verdict' | 'effect' | 'reason'>;

const REFUSALS: ReadonlyMap<string, WebhookVerdict> = new Map([
  ['signature_invalid', 'refused_signature'],
  ['foreign_account', 'refused_account'],
]);

export interface TraceWebhookDependencies {
  readonly tracer: Pick<WebhookTracer, 'note'>;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** Has a trace of every webhook written once its answer is out, from what the handlers noted and how it ended. */
export function traceWebhook(deps: TraceWebhookDependencies, endpoint: WebhookEndpoint): AppMiddleware {
  return async function traceWebhook(context, next) {
    const receivedAt = new Date(deps.now()).toISOString();
    const startedAtMs = performance.now();
    const leave = (ending: Ending): void => {
      const durationMs = roundToTenths(performance.now() - startedAtMs);
      const trace = Object.assign(context.state.webhook ?? {}, { receivedAt, endpoint, count: 1, durationMs }, ending);
      // Koa writes the answer as soon as the handlers have returned, before anything that is set for the next turn.
      setImmediate(() => deps.tracer.note(trace));
    };
    try {
      await next();
    } catch (error) {
      leave(endingOf(error, context.state.webhook?.reason));
      throw error;
    }
    const { verdict = 'ignored', effect = 'nothing' } = context.state.webhook ?? {};
    leave({ verdict, effect });
  };
}

/** What an error says of the webhook that it ends; the reason that was noted says more than its code. */
function endingOf(error: unknown, reason: string | undefined): Ending {
  const { code, definition } = toHttpProblem(error);
  if (definition.status >= 500) {
    return { verdict: 'failed', effect: 'unknown', reason: code };
  }
  return { verdict: REFUSALS.get(code) ?? 'unreadable', effect: 'nothing', reason: reason ?? code };
}

function roundToTenths(durationMs: number): number {
  return Math.round(durationMs * 10) / 10;
}
