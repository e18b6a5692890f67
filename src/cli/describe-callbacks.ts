import { type CallbackView } from '../http/presenters/callback';
import { localTime, localTimeZone } from './local-time';
import { createTable } from './table';

/** Callbacks for a person in front of a terminal, in their order. */
export function describeCallbacks(callbacks: readonly CallbackView[], timeZone: string = localTimeZone()): string {
  if (callbacks.length === 0) {
    return 'There is no such callback.\n';
  }
  const table = createTable(['time', 'callback', 'type', 'message', 'status', 'tries', 'problem']);
  for (const { at, id, messageId, problem, status, tries, type } of callbacks) {
    table.push([localTime(at, timeZone), id, type, messageId, status, String(tries), problem ?? '']);
  }
  return `Times are those of ${timeZone}.\n${table.toString()}\n`;
}
