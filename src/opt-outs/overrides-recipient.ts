import { type OptOutEntry } from '../database/opt-out-store';
import { type OptOutScope } from '../domain/opt-out-scope';

/** Whether an opt-out of this scope goes against the recipient's own word, which was the last about it. */
export function overridesRecipient(entries: readonly OptOutEntry[], scope: OptOutScope): boolean {
  return entries.some((entry) => !entry.optedOut && entry.source === 'inbound_word' && isSame(entry.scope, scope));
}

function isSame(one: OptOutScope, other: OptOutScope): boolean {
  return one.sender === other.sender && one.channel === other.channel && one.category === other.category;
}
