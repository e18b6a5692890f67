import { type CliContext } from './cli-context';
import { explainFailure } from './explain-failure';
import { createProgram } from './program';

/**
 * Runs one command. Never throws: what goes wrong is said on standard error.
 * @param args without the program's own name.
 * @returns the exit code.
 */
export async function runCli(args: readonly string[], context: Omit<CliContext, 'setExitCode'>): Promise<number> {
  let exitCode = 0;
  const program = createProgram({ ...context, setExitCode: (code) => (exitCode = code) });
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
