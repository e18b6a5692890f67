import { setTimeout as pause } from 'node:timers/promises';
import { type WebhookTraceStore } from '../database/webhook-trace-store';
import { type WebhookTrace } from '../domain/webhook-trace';
import { type Logger } from '../telemetry/logger';
import { type Background } from './background';
import { type TraceLimit } from './trace-limit';

/** Takes down what became of webhooks. A trace is not a promise: one that cannot be written is dropped. */
export interface WebhookTracer {
  /** To be called when the webhook has been answered. Costs the caller no wait, and throws nothing. */
  note(trace: WebhookTrace): void;
  /** Writes what was only counted so far, and logs how many traces were dropped. */
  flush(): void;
  /** Resolves when all of it is written. */
  stop(): Promise<void>;
}

export interface WebhookTracerDependencies {
  readonly store: Pick<WebhookTraceStore, 'add'>;
  /** Of its own, so that traces never take the place of signals. It has one task at a time. */
  readonly background: Background;
  readonly limit: TraceLimit;
  readonly logger: Logger;
}

/** Traces that wait to be written: some seconds of a busy process, a few megabytes. What comes on top is dropped. */
const MOST_WAITING = 10_000;
/** Traces of one statement. */
const MOST_TOGETHER = 500;
/** How long traces are gathered, unless a statement is full before: a message's own webhooks share one statement. */
const GATHER_MS = 1_000;

/**
 * A list and one task that empties it. Each trace costs no more than its place in the list: with a promise for each, as
 * `coalesce` has them for those who wait for an answer, collecting them again cost more than writing them.
 */
export function createWebhookTracer({ store, background, limit, logger }: WebhookTracerDependencies): WebhookTracer {
  const waiting: WebhookTrace[] = [];
  let isWriting = false;
  const stopping = new AbortController();
  let dropped = 0;
  let lastError: unknown;

  const writeAll = async (): Promise<void> => {
    while (waiting.length > 0) {
      if (waiting.length < MOST_TOGETHER) {
        await pause(GATHER_MS, undefined, { signal: stopping.signal }).catch(() => undefined);
      }
      const together = waiting.splice(0, MOST_TOGETHER);
      try {
        await store.add(together);
      } catch (error) {
        dropped += countOf(together);
        lastError = error;
      }
    }
    isWriting = false;
  };
  const add = (trace: WebhookTrace): void => {
    if (waiting.length >= MOST_WAITING) {
      dropped += trace.count;
      return;
    }
    waiting.push(trace);
    isWriting ||= background.run(writeAll);
  };
  const flush = (): void => {
    limit.takeCounted().forEach(add);
    if (dropped > 0) {
      logger.warn({ dropped, err: lastError }, 'webhooks left no trace; what they said is not affected');
      dropped = 0;
      lastError = undefined;
    }
  };
  return {
    note: (trace) => limit.admit(trace).forEach(add),
    flush,
    stop: async () => {
      limit.takeCounted().forEach(add);
      stopping.abort();
      await background.idle();
      flush();
    },
  };
}

function countOf(traces: readonly WebhookTrace[]): number {
  return traces.reduce((sum, { count }) => sum + count, 0);
}
