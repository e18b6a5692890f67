import { createInterface } from 'node:readline';
import { type CliContext } from './cli-context';

/** Asks a question on standard error and reads one line. Anything but yes, and the end of the input, is no. */
export async function askYes(
  { complain, input }: Pick<CliContext, 'complain' | 'input'>,
  question: string,
): Promise<boolean> {
  complain(`${question} [y/N] `);
  const lines = createInterface({ input });
  try {
    for await (const line of lines) {
      return /^\s*y(es)?\s*$/i.test(line);
    }
    return false;
  } finally {
    lines.close();
    complain('\n');
  }
}
