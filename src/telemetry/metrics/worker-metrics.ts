import { Counter, Gauge, Histogram, type Registry } from 'prom-client';
import { type EndedRequest } from '../../twilio/request-client';
import { createSharedMetrics, type SharedMetrics } from './shared-metrics';

/** Seconds: from a receipt that comes at once to a policy of a day. */
const STORY_BUCKETS = [1, 2.5, 5, 10, 30, 60, 300, 900, 1_800, 3_600, 21_600, 86_400];
/** Seconds: a request to Twilio is given up after 10. */
const TWILIO_BUCKETS = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** What the worker process measures. */
export interface WorkerMetrics extends SharedMetrics {
  readonly closed: Counter<'kind' | 'channel' | 'category' | 'error_class'>;
  readonly dead: Counter<'cause'>;
  readonly stories: Histogram<'kind'>;
  readonly attempts: Counter<'result' | 'error_class'>;
  readonly twilioRequests: Histogram<'operation' | 'status'>;
  readonly swept: Counter<'result'>;
  readonly lastSweep: Gauge;
}

/** Registers what the worker process measures. */
export function createWorkerMetrics(registry: Registry): WorkerMetrics {
  return { ...createSharedMetrics(registry), ...createStoryMetrics(registry), ...createTwilioMetrics(registry) };
}

function createStoryMetrics(registry: Registry): Pick<WorkerMetrics, 'closed' | 'dead' | 'stories' | 'attempts'> {
  const registers = [registry];
  return {
    closed: new Counter({
      name: 'posthorn_messages_closed_total',
      help: 'Outcomes, as they were at the end; an error class that does not apply is "none"',
      labelNames: ['kind', 'channel', 'category', 'error_class'],
      registers,
    }),
    dead: new Counter({
      name: 'posthorn_messages_dead_total',
      help: 'Outcomes for a reason of ours: once it is mended, these messages can be redriven',
      labelNames: ['cause'],
      registers,
    }),
    stories: new Histogram({
      name: 'posthorn_message_duration_seconds',
      help: 'Time from the start of a message to its outcome',
      labelNames: ['kind'],
      buckets: STORY_BUCKETS,
      registers,
    }),
    attempts: new Counter({
      name: 'posthorn_attempts_ended_total',
      help: 'Attempts that have ended before or with their message, by result and class of the error',
      labelNames: ['result', 'error_class'],
      registers,
    }),
  };
}

function createTwilioMetrics(registry: Registry): Pick<WorkerMetrics, 'twilioRequests' | 'swept' | 'lastSweep'> {
  const registers = [registry];
  return {
    twilioRequests: new Histogram({
      name: 'posthorn_twilio_request_duration_seconds',
      help: 'Requests to Twilio, by HTTP status; 429 is too many requests, "none" is no answer',
      labelNames: ['operation', 'status'],
      buckets: TWILIO_BUCKETS,
      registers,
    }),
    swept: new Counter({
      name: 'posthorn_sweep_results_total',
      help: 'What the sweep did, by the words of its result',
      labelNames: ['result'],
      registers,
    }),
    lastSweep: new Gauge({
      name: 'posthorn_sweep_last_timestamp_seconds',
      help: 'When this process last finished a batch of the sweep, since 1970; 0 when it has not yet',
      registers,
    }),
  };
}

/** What the client of Twilio tells of its requests, measured. */
export function observingRequests({
  twilioRequests,
}: Pick<WorkerMetrics, 'twilioRequests'>): (request: EndedRequest) => void {
  return ({ durationMs, operation, status = 'none' }) =>
    twilioRequests.observe({ operation, status }, durationMs / 1000);
}
