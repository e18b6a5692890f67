import { askYes } from './ask-yes';
import { type CliContext } from './cli-context';

/** Shows on standard error what is about to change, and asks unless the answer was given beforehand. */
export function agreeTo(context: CliContext, isAgreed: boolean): (lines: readonly string[]) => Promise<boolean> {
  return async (lines) => {
    context.complain(`The webhooks of the conversation service are to change:\n${lines.map(indent).join('')}`);
    return isAgreed || (await askYes(context, 'Change them at Twilio?'));
  };
}

function indent(line: string): string {
  return `  ${line}\n`;
}
