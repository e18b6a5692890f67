import { type Knex } from 'knex';
import { Registry } from 'prom-client';
import { measurePool } from './telemetry/metrics/pool-metrics';
import { createWorkerMetrics, type WorkerMetrics } from './telemetry/metrics/worker-metrics';

/** What one worker process measures, and where it is registered. */
export interface WorkerMeasures {
  readonly registry: Registry;
  readonly metrics: WorkerMetrics;
}

export function composeWorkerMetrics(knex: Knex): WorkerMeasures {
  const registry = new Registry();
  const metrics = createWorkerMetrics(registry);
  measurePool(registry, knex);
  return { registry, metrics };
}
