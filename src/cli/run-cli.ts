import { type CliContext } from './cli-context';
import { explainFailure } from './explain-failure';
import { createProgram } from './program';

/** What the process gives to the command line; without streams its own. */
export type ProcessContext = Omit<CliContext, 'setExitCode' | 'input' | 'output'> &
  Partial<Pick<CliContext, 'input' | 'output'>>;

/**
 * Runs one command. Never throws: what goes wrong is said on standard error.
 * @param args without the program's own name.
 * @returns the exit code.
 */
export async function runCli(args: readonly string[], context: ProcessContext): Promise<number> {
  let exitCode = 0;
  const { input = process.stdin, output = process.stdout } = context;
  const program = createProgram({ ...context, input, output, setExitCode: (code) => (exitCode = code) });
  try {
    await program.parseAsync(args, { from: 'user' });
  } catch (error) {
    const failure = explainFailure(error);
    if (failure.message !== undefined) {
      context.complain(`${failure.message}\n`);
    }
    return failure.exitCode;
  }
  return exitCode;
}
