import { type Knex } from 'knex';
import { Registry } from 'prom-client';
import { readBacklog } from './database/sql/backlog';
import { type ApiMetrics, createApiMetrics } from './telemetry/metrics/api-metrics';
import { measureBacklog } from './telemetry/metrics/backlog-metrics';
import { measurePool } from './telemetry/metrics/pool-metrics';
import { rememberedBacklog } from './telemetry/metrics/remembered-backlog';

/** What one API process measures, and where it is registered. */
export interface ApiMeasures {
  readonly registry: Registry;
  readonly metrics: ApiMetrics;
}

export function composeApiMetrics(knex: Knex): ApiMeasures {
  const registry = new Registry();
  const metrics = createApiMetrics(registry);
  measureBacklog(
    registry,
    rememberedBacklog(() => readBacklog(knex), Date.now),
  );
  measurePool(registry, knex);
  return { registry, metrics };
}
