import { type DeadMessage } from '../database/dead-letter-store';
import { deadRemedy } from '../domain/dead-letter';
import { localTime, localTimeZone } from './local-time';
import { createTable } from './table';

/** Dead messages for a person in front of a terminal: why they ended, and what to do before they are redriven. */
export function describeDead(messages: readonly DeadMessage[], timeZone: string = localTimeZone()): string {
  if (messages.length === 0) {
    return 'No message is dead.\n';
  }
  const table = createTable(['message', 'tenant', 'accepted', 'ended as', 'cause', 'reason', 'what to do']);
  for (const { createdAt, messageId, outcome, tenant } of messages) {
    const { dead, kind, reason } = outcome;
    const accepted = localTime(createdAt, timeZone);
    table.push([messageId, tenant, accepted, kind, dead ?? '', reason, deadRemedy(outcome) ?? '']);
  }
  return `${table.toString()}\n\nTimes are those of ${timeZone}. Once the cause is mended: posthorn redrive <message-id…>\n`;
}
