import { createHash } from 'node:crypto';
import { type ConversationSid } from '../domain/sid';
import { type AddressPair } from './gateway';

/**
 * The UniqueName of the conversation that a pair shares, the same wherever it is computed, so that whoever comes second
 * finds what the first one made. A conversation that was closed for good keeps its name for ever; its successor's name
 * is derived from its SID, so that all agree on that one too. Addresses appear as a SHA-256 only.
 * @param predecessor the pair's conversation that came to an end, if there was one.
 */
export function uniqueName({ channel, sender, recipient }: AddressPair, predecessor?: ConversationSid): string {
  const hash = createHash('sha256').update(`${channel}\n${sender}\n${recipient}`).digest('hex');
  return predecessor === undefined ? `posthorn-${hash}` : `posthorn-${hash}-after-${predecessor}`;
}
