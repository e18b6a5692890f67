import { type Command } from 'commander';
import { loadSetupConfig } from '../../config/setup-config';
import { runSetup } from '../../setup/run-setup';
import { type CliContext } from '../cli-context';

/** `posthorn setup` */
export function addSetup(program: Command, context: CliContext): void {
  program
    .command('setup')
    .summary('make Postgres and Temporal ready')
    .description('Makes the Postgres database and the Temporal namespace ready. Can be run again at any time.')
    .action(async () => {
      const config = loadSetupConfig(context.readEnvironment());
      await runSetup(config, (line) => context.write(`${line}\n`));
    });
}
