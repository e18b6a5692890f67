import { type Command } from 'commander';
import { ControlError } from '../../simulator/control/control-error';
import { runSimulator } from '../../simulator/run-simulator';
import { type CliContext } from '../cli-context';
import { EXIT_CODES } from '../exit-codes';

/** `posthorn simulate` */
export function addSimulate(program: Command, context: CliContext): void {
  program
    .command('simulate')
    .summary('run the Twilio simulator alone')
    .description(
      'Runs the Twilio simulator until Ctrl-C. It reads the TWILIO_ names that it shares with the API and the worker,\n' +
        'and SIMULATOR_PORT, SIMULATOR_HOST, SIMULATOR_WEBHOOK_URL, SIMULATOR_WEBHOOK_ORIGINS and SIMULATOR_LOG_FILE.',
    )
    .option('--log <file>', 'append everything that is accepted and told to this file, for posthorn check')
    .action(async ({ log }: { readonly log?: string }) => {
      const environment = context.readEnvironment();
      const withLog = log === undefined ? environment : { ...environment, SIMULATOR_LOG_FILE: log };
      try {
        await runSimulator(withLog, (line) => context.write(`${line}\n`));
      } catch (error) {
        if (!(error instanceof ControlError)) {
          throw error;
        }
        context.complain(`${error.message}\n`);
        context.setExitCode(EXIT_CODES.config);
      }
    });
}
