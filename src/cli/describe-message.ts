import { maskAddress } from '../domain/address';
import { type AttemptView } from '../http/presenters/attempt';
import { type MessageView, type TimelineView } from '../http/presenters/message';
import { localTime, localTimeZone } from './local-time';
import { createTable } from './table';

/** A message for a person in front of a terminal; addresses are masked. */
export function describeMessage(message: MessageView, timeZone: string = localTimeZone()): string {
  const { attempts, category, channel, corrections, createdAt, id, outcome, status, timeline, to, workflowId } =
    message;
  const at = (iso: string): string => localTime(iso, timeZone);
  const ending = outcome === null ? 'none yet' : `${outcome.kind} on attempt ${outcome.attempt}: ${outcome.reason}`;
  return [
    `${id}  ${status}`,
    `workflow  ${workflowId}`,
    `to        ${maskAddress(to)}  ${channel}, ${category}, accepted ${at(createdAt)}`,
    `outcome   ${ending}`,
    ...corrections.map(({ was, at: iso, because }) => `          corrected ${at(iso)}, was ${was.kind}: ${because}`),
    '',
    attempts.length === 0 ? 'No attempt was made.' : attemptTable(attempts, at),
    '',
    `Times are those of ${timeZone}.`,
    timelineTable(timeline, at),
    '',
  ].join('\n');
}

function attemptTable(attempts: readonly AttemptView[], at: (iso: string) => string): string {
  const table = createTable(['attempt', 'channel', 'status', 'error', 'sent', 'status since', 'message', 'reason']);
  for (const { number, channel, status, errorCode, sentAt, statusAt, messageSid, reason } of attempts) {
    const times = [sentAt, statusAt].map((iso) => (iso === null ? '' : at(iso)));
    table.push([String(number), channel, status, String(errorCode ?? ''), ...times, messageSid ?? '', reason ?? '']);
  }
  return table.toString();
}

function timelineTable(timeline: readonly TimelineView[], at: (iso: string) => string): string {
  const table = createTable(['time', 'attempt', 'what', 'details']);
  for (const { at: iso, kind, attempt, ...details } of timeline) {
    const words = Object.entries(details).map(([name, value]) => `${name} ${value}`);
    table.push([at(String(iso)), String(attempt ?? ''), String(kind), words.join(', ')]);
  }
  return table.toString();
}
