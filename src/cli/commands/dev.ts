import { type Command } from 'commander';
import { type CliContext } from '../cli-context';
import { fromCheckout } from '../from-checkout';
import { portArgument } from '../port-argument';

/** `posthorn dev` */
export function addDev(program: Command, context: CliContext): void {
  program
    .command('dev')
    .summary('run everything, with reload')
    .description(
      'Starts Postgres, Temporal and the Twilio simulator once, then the API and the worker, which start again after\n' +
        'every change of a source file. Ends with Ctrl-C. DATABASE_URL and TEMPORAL_ADDRESS of the process itself are heeded.',
    )
    .option('--port <port>', 'where the API listens; 0 takes any free port', portArgument, 0)
    .option('--simulator-port <port>', 'where the simulator listens; 0 takes any free port', portArgument, 0)
    .action(async (options: { port: number; simulatorPort: number }) => {
      const { runDev } = await fromCheckout('dev', () => import('../../dev/run-dev.js'));
      context.setExitCode(await runDev({ ...options, environment: context.processEnvironment }));
    });
}
