import { InvalidArgumentError } from 'commander';
import { describeStray } from '../domain/sid';

/** Reads the id of a message; one of Twilio's identifiers is told where it belongs. @throws InvalidArgumentError */
export function messageIdArgument(text: string): string {
  const stray = describeStray(text, 'a message id starts with msg_');
  if (stray !== undefined) {
    throw new InvalidArgumentError(`It ${stray}.`);
  }
  return text;
}

/** The same for an argument that may be given several times. @throws InvalidArgumentError */
export function messageIdArguments(text: string, before: readonly string[] = []): string[] {
  return [...before, messageIdArgument(text)];
}
