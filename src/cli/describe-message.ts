import { maskAddress } from '../domain/address';
import { explainOutcome } from '../domain/explain-outcome';
import { OUTCOME_TABLE } from '../domain/outcome-table';
import { type AttemptView } from '../http/presenters/attempt';
import { type MessageView, type TimelineView } from '../http/presenters/message';
import { describeTimes } from './describe-times';
import { localTime, localTimeZone } from './local-time';
import { createTable } from './table';

/** A message for a person in front of a terminal; addresses are masked. */
export function describeMessage(message: MessageView, timeZone: string = localTimeZone()): string {
  const { attempts, category, channel, corrections, createdAt, id, status, timeline, workflowId } = message;
  const at = (iso: string): string => localTime(iso, timeZone);
  return [
    `${id}  ${status}`,
    `workflow  ${workflowId}`,
    `to        ${recipientOf(message)}  ${channel}, ${category}, accepted ${at(createdAt)}`,
    ...describeTimes(message, at),
    ...familyOf(message),
    ...endingOf(message),
    ...corrections.map(({ was, at: iso, because }) => `          corrected ${at(iso)}, was ${was.kind}: ${because}`),
    '',
    attempts.length === 0 ? 'No attempt was made.' : attemptTable(attempts, at),
    '',
    `Times are those of ${timeZone}.`,
    timelineTable(timeline, at),
    '',
  ].join('\n');
}

/** How it ended, and what to do next when it did not arrive. */
function endingOf({ dead, outcome }: MessageView): string[] {
  if (outcome === null) {
    return ['outcome   none yet'];
  }
  const { attempt, errorCode, kind, reason } = outcome;
  const line = `outcome   ${kind} ${attempt === 0 ? 'before any attempt' : `on attempt ${attempt}`}: ${reason}`;
  const { remedy } = dead ?? explainOutcome({ kind, ...(errorCode === null ? {} : { errorCode }) });
  return OUTCOME_TABLE[kind].verdict === 'arrived' ? [line] : [line, `next      ${remedy}`];
}

function recipientOf({ conversationSid, to }: MessageView): string {
  return to === null ? `everybody in ${conversationSid ?? 'a conversation'}` : maskAddress(to);
}

/** The message that this one came of, and those that came of it. */
function familyOf({ children, parent }: MessageView): string[] {
  const lines = children.map(
    ({ id, outcome, participantSid, status }) => `child     ${id}  ${outcome?.kind ?? status}, for ${participantSid}`,
  );
  return parent === null ? lines : [`parent    ${parent.id}  did not reach ${parent.participantSid}`, ...lines];
}

function attemptTable(attempts: readonly AttemptView[], at: (iso: string) => string): string {
  const table = createTable([
    'attempt',
    'channel',
    'status',
    'error',
    'sent',
    'status since',
    'message or call',
    'reason',
  ]);
  for (const { callSid, number, channel, status, errorCode, sentAt, statusAt, messageSid, reason } of attempts) {
    const times = [sentAt, statusAt].map((iso) => (iso === null ? '' : at(iso)));
    const made = messageSid ?? callSid ?? '';
    table.push([String(number), channel, status, String(errorCode ?? ''), ...times, made, reason ?? '']);
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
