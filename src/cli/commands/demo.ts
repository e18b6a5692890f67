import { type Command } from 'commander';
import { type CliContext } from '../cli-context';
import { fromCheckout } from '../from-checkout';
import { portArgument } from '../port-argument';

/** `posthorn demo` */
export function addDemo(program: Command, context: CliContext): void {
  program
    .command('demo')
    .summary('play a tour of deliveries')
    .description(
      'Starts everything embedded, plays a tour of deliveries against the Twilio simulator and prints what happened.\n' +
        'Ends with 0 when each delivery ended as expected. Does not read .env; DATABASE_URL, TEMPORAL_ADDRESS and\n' +
        'LOG_LEVEL of the process itself are heeded.',
    )
    .option('--keep', 'stay up after the tour, until Ctrl-C, and print the URLs', false)
    .option('--simulator-port <port>', 'where the simulator listens; 0 takes any free port', portArgument, 0)
    .action(async (options: { keep: boolean; simulatorPort: number }) => {
      const { runDemo } = await fromCheckout('demo', () => import('../../demo/run-demo.js'));
      context.setExitCode(await runDemo({ ...options, environment: context.processEnvironment }));
    });
}
