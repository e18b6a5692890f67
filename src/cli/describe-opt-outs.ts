import { maskAddress } from '../domain/address';
import { type StatementView } from '../http/presenters/opt-out';
import { localTime, localTimeZone } from './local-time';
import { createTable } from './table';

/** The ledger for a person in front of a terminal; addresses are masked. */
export function describeOptOuts(optOuts: readonly StatementView[], timeZone: string = localTimeZone()): string {
  if (optOuts.length === 0) {
    return 'The ledger has nothing like that.\n';
  }
  const table = createTable(['time', 'recipient', 'state', 'sender', 'channel', 'category', 'source', 'who', 'reason']);
  for (const { actor, address, at, category, channel, optedOut, reason, sender, source } of optOuts) {
    const state = optedOut ? 'opted out' : 'opted in';
    const scope = [sender === null ? 'any' : maskAddress(sender), channel ?? 'any', category ?? 'any'];
    table.push([localTime(at, timeZone), maskAddress(address), state, ...scope, source, actor, reason ?? '']);
  }
  return `Times are those of ${timeZone}.\n${table.toString()}\n`;
}
