import { attemptName } from '../evidence';
import { type Create } from '../log-facts';
import { type Violation } from '../violation';
import { type Case } from './case';

/** Every message at Twilio is one of ours, the only one of its attempt, and known by its SID. */
export function checkMessagesAtTwilio(theCase: Case): Violation[] {
  return [...theCase.log.creates.flatMap((create) => checkOwner(theCase, create)), ...checkDoubles(theCase)];
}

function checkOwner(theCase: Case, create: Create): Violation[] {
  const { conversationSid, key, messageSid } = create;
  const about = { messageSid, conversationSid };
  if (key === undefined) {
    const expected = 'the key of an attempt in its Attributes';
    return [{ kind: 'message_without_request', ...about, expected, found: 'no key of ours' }];
  }
  const { messageId, attempt } = key;
  if (!theCase.messages.has(messageId) || !theCase.attempts.has(attemptName(messageId, attempt))) {
    const found = theCase.messages.has(messageId) ? 'the message, without that attempt' : 'no such message';
    const expected = `a row of attempts for ${attemptName(messageId, attempt)}`;
    return [{ kind: 'message_without_request', messageId, attempt, ...about, expected, found }];
  }
  return checkSid(theCase, create);
}

/**
 * An attempt that could not prove what Twilio has says so in its result, and may be without the SID for as long as nobody told it.
 * Of two messages for one attempt the SID can name only one: that is said elsewhere.
 */
function checkSid({ attempts, creates, log, messages }: Case, create: Create): Violation[] {
  const { conversationSid, key, messageSid } = create;
  const name = key === undefined ? '' : attemptName(key.messageId, key.attempt);
  const row = attempts.get(name);
  const message = messages.get(key?.messageId ?? '');
  const isOnlyOne = creates.get(name)?.length === 1;
  if (row === undefined || message?.outcome === undefined || row.messageSid === messageSid || !isOnlyOne) {
    return [];
  }
  if (row.messageSid === undefined && row.resultKind === 'ambiguous' && !log.answeredAtMs.has(messageSid)) {
    return [];
  }
  const { messageId, number: attempt } = row;
  const found = row.messageSid ?? 'no SID';
  const expected = 'the SID of the message that Twilio took';
  return [{ kind: 'sid_not_stored', messageId, attempt, messageSid, conversationSid, expected, found }];
}

function checkDoubles({ creates }: Case): Violation[] {
  return [...creates.values()].flatMap(([first, ...more]) =>
    more.map(({ conversationSid, key, messageSid }) => ({
      kind: 'two_messages_for_attempt' as const,
      ...(key === undefined ? {} : { messageId: key.messageId, attempt: key.attempt }),
      messageSid,
      conversationSid,
      expected: 'one message at Twilio for each attempt',
      found: `another one beside ${first?.messageSid ?? ''}`,
    })),
  );
}
