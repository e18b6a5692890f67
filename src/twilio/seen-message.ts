import { type AttemptKey } from './gateway';
import { type MessageAdded } from './message-added';

const MESSAGE_ID = /^msg_[a-z2-7]{32}$/;
/** Far beyond what any policy allows. */
const MOST_ATTEMPTS = 1_000_000;

/**
 * The attempt that a message was made for, as far as it can be believed. A participant with a chat identity writes Attributes as he likes,
 * and may have read a key of ours in an earlier message, so only what came over the REST API counts.
 */
export function attemptOfSeen({ attemptKey, source }: MessageAdded): AttemptKey | undefined {
  if (attemptKey === undefined || source?.toUpperCase() !== 'API') {
    return undefined;
  }
  return MESSAGE_ID.test(attemptKey.messageId) && attemptKey.attempt <= MOST_ATTEMPTS ? attemptKey : undefined;
}
