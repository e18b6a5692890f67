import { type BoundedLog, createBoundedLog } from './bounded-log';
import { type RequestRecord } from './request-record';
import { type SimulatorEvent } from './simulator-event';
import { type WebhookRecord } from './webhook-record';

/** Everything that one simulator writes down. */
export interface Logs {
  readonly requests: BoundedLog<RequestRecord>;
  readonly webhooks: BoundedLog<WebhookRecord>;
  readonly events: BoundedLog<SimulatorEvent>;
}

/** @param capacity how many entries each of the logs keeps */
export function createLogs(capacity: number): Logs {
  return {
    requests: createBoundedLog<RequestRecord>(capacity),
    webhooks: createBoundedLog<WebhookRecord>(capacity),
    events: createBoundedLog<SimulatorEvent>(capacity),
  };
}
