import { type BoundedLog, createBoundedLog } from './bounded-log';
import { type LogFile } from './log-file';
import { type RequestRecord } from './request-record';
import { type SimulatorEvent } from './simulator-event';
import { type WebhookRecord } from './webhook-record';

/** Everything that one simulator writes down. */
export interface Logs {
  readonly requests: BoundedLog<RequestRecord>;
  readonly webhooks: BoundedLog<WebhookRecord>;
  readonly events: BoundedLog<SimulatorEvent>;
}

/**
 * @param capacity how many entries each of the logs keeps
 * @param file gets every event too, before whoever caused it hears of it
 */
export function createLogs(capacity: number, file?: LogFile): Logs {
  const events = createBoundedLog<SimulatorEvent>(capacity);
  return {
    requests: createBoundedLog<RequestRecord>(capacity),
    webhooks: createBoundedLog<WebhookRecord>(capacity),
    events: file === undefined ? events : copiedTo(file, events),
  };
}

function copiedTo(file: LogFile, events: BoundedLog<SimulatorEvent>): BoundedLog<SimulatorEvent> {
  return {
    ...events,
    append(event) {
      const logged = events.append(event);
      file.write(logged);
      return logged;
    },
  };
}
