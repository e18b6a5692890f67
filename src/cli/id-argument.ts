import { InvalidArgumentError } from 'commander';
import { describeStray } from '../domain/sid';

/**
 * Reads an id of posthorn's own from the command line; one of Twilio's identifiers is told where it belongs.
 * @param wanted what is expected, as a sentence part.
 */
function idArgument(wanted: string): (text: string) => string {
  return (text) => {
    const stray = describeStray(text, wanted);
    if (stray !== undefined) {
      throw new InvalidArgumentError(`It ${stray}.`);
    }
    return text;
  };
}

/** Reads the id of a message. @throws InvalidArgumentError */
export const messageIdArgument = idArgument('a message id starts with msg_');
/** Reads the id of a task. @throws InvalidArgumentError */
export const taskIdArgument = idArgument('a task id starts with task_');
/** Reads the id of a callback. @throws InvalidArgumentError */
export const callbackIdArgument = idArgument('a callback id starts with evt_');

/** Ids of messages for an argument that may be given several times. @throws InvalidArgumentError */
export function messageIdArguments(text: string, before: readonly string[] = []): string[] {
  return [...before, messageIdArgument(text)];
}
