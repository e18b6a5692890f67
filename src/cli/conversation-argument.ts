import { InvalidArgumentError } from 'commander';
import { type ConversationSid, describeWrongSid, isSid } from '../domain/sid';

/** Reads a conversation SID from the command line. */
export function conversationArgument(text: string): ConversationSid {
  if (!isSid(text, 'CH')) {
    throw new InvalidArgumentError(`It ${describeWrongSid(text, 'CH')}.`);
  }
  return text;
}
