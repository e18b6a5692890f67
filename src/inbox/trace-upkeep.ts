import { type WebhookTraceStore } from '../database/webhook-trace-store';
import { type Logger } from '../telemetry/logger';
import { type WebhookTracer } from './webhook-tracer';

const FLUSH_EVERY_MS = 60 * 1000;
const DROP_EVERY_MS = 60 * 60 * 1000;
/** Rows of one statement: some tens of milliseconds. */
const DROP_AT_ONCE = 5_000;

/** Does what is due, which is mostly nothing. Never throws. */
export type TraceUpkeep = () => Promise<void>;

export interface TraceUpkeepDependencies {
  readonly tracer: Pick<WebhookTracer, 'flush'>;
  readonly store: Pick<WebhookTraceStore, 'dropOlderThan'>;
  readonly logger: Logger;
  /** How long a trace is kept, in milliseconds. */
  readonly keepMs: number;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/**
 * Every minute writes what was only counted; at the start and every hour drops traces that are too old, a batch for each call
 * until none is left. It is for a loop that runs anyway, every second or so.
 */
export function createTraceUpkeep({ tracer, store, logger, keepMs, now }: TraceUpkeepDependencies): TraceUpkeep {
  let flushDueAtMs = now() + FLUSH_EVERY_MS;
  let dropDueAtMs = now();
  return async function keepUp() {
    if (now() >= flushDueAtMs) {
      flushDueAtMs = now() + FLUSH_EVERY_MS;
      tracer.flush();
    }
    if (now() >= dropDueAtMs) {
      const dropped = await store.dropOlderThan(keepMs, DROP_AT_ONCE).catch((error: unknown) => {
        logger.warn({ err: error }, 'old traces of webhooks could not be dropped; they will be in an hour');
        return 0;
      });
      dropDueAtMs = dropped < DROP_AT_ONCE ? now() + DROP_EVERY_MS : dropDueAtMs;
    }
  };
}
