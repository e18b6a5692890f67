import Table from 'cli-table3';
import { maskAddress } from '../domain/address';
import { type AttemptView } from '../http/presenters/attempt';
import { type MessageView, type TimelineView } from '../http/presenters/message';
import { localTime, localTimeZone } from './local-time';

/** A message for a person in front of a terminal; addresses are masked. */
export function describeMessage(message: MessageView, timeZone: string = localTimeZone()): string {
  const { attempts, category, channel, createdAt, id, outcome, status, timeline, to, workflowId } = message;
  const at = (iso: string): string => localTime(iso, timeZone);
  const ending = outcome === null ? 'none yet' : `${outcome.kind} on attempt ${outcome.attempt}: ${outcome.reason}`;
  return [
    `${id}  ${status}`,
    `workflow  ${workflowId}`,
    `to        ${maskAddress(to)}  ${channel}, ${category}, accepted ${at(createdAt)}`,
    `outcome   ${ending}`,
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

/** Columns with two blanks between and no lines: it can be piped on. */
function createTable(head: string[]): InstanceType<typeof Table> {
  const sides = ['top', 'top-mid', 'top-left', 'top-right', 'bottom', 'bottom-mid', 'bottom-left', 'bottom-right'];
  const inner = ['left', 'left-mid', 'mid', 'mid-mid', 'right', 'right-mid'];
  const noLines = Object.fromEntries([...sides, ...inner].map((name) => [name, '']));
  return new Table({
    head,
    chars: { ...noLines, middle: ' ' },
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 1 },
  });
}
