import { type Command, Option } from 'commander';
import { type OptOutStore } from '../../database/opt-out-store';
import { CATEGORIES } from '../../domain/category';
import { REACH_CHANNELS } from '../../domain/channel';
import { type OptOutScope } from '../../domain/opt-out-scope';
import { presentHistory, presentOptOut } from '../../http/presenters/opt-out';
import { addressArgument } from '../address-argument';
import { type CliContext } from '../cli-context';
import { OPERATOR, recordOperatorStatement } from '../operator-statement';
import { operatorLedger } from '../operator-ledger';
import { reasonArgument } from '../reason-argument';
import { requireDatabase } from '../require-database';
import { withOperator } from '../with-operator';
import { addOptOutFiles } from './opt-outs-files';
import { addOptOutList } from './opt-outs-list';

/** What a subcommand does with the ledger before it prints the answer. */
type LedgerAction = (optOuts: OptOutStore, address: string, options: ChangeOptions) => Promise<unknown>;

interface ChangeOptions extends OptOutScope {
  readonly reason?: string;
  readonly by: string;
}

const show: LedgerAction = async (optOuts, address) => presentOptOut(address, await optOuts.show(address));

const history: LedgerAction = async (optOuts, address) => presentHistory(address, await optOuts.history(address));

const put: LedgerAction = async (optOuts, address, options) => {
  const { by, reason, ...scope } = options;
  await recordOperatorStatement(optOuts, { address, by, reason, scope, optedOut: true });
  return await show(optOuts, address, options);
};

const lift: LedgerAction = async (optOuts, address, options) => {
  await recordOperatorStatement(optOuts, { ...options, address, optedOut: false });
  return await show(optOuts, address, options);
};

/** `posthorn opt-outs` */
export function addOptOuts(program: Command, context: CliContext): void {
  const group = program.command('opt-outs').description('Shows and changes the ledger of opt-outs.');
  const add = (name: string, description: string, action: LedgerAction): Command =>
    group
      .command(name)
      .description(description)
      .argument('<address>', 'such as +12025550123', addressArgument)
      .action(async (address: string, options: ChangeOptions) => {
        await withOperator(context.readEnvironment(), async (operator) => {
          await requireDatabase(operator.knex);
          const answer = await action(operatorLedger(operator, context), address, options);
          context.write(`${JSON.stringify(answer, null, 2)}\n`);
        });
      });

  add('show', 'Shows what a recipient has opted out of.', show);
  add('history', 'Shows every statement about a recipient, oldest first.', history);
  add('put', 'Opts a recipient out of everything, or of what the options name.', put)
    .option('--sender <number>', 'only messages from this sender', addressArgument)
    .addOption(new Option('--channel <channel>', 'only messages on it').choices(REACH_CHANNELS))
    .addOption(new Option('--category <category>', 'only messages of it').choices(CATEGORIES))
    .option('--reason <text>', 'why, for the history; needed when the recipient has opted in', reasonArgument)
    .option('--by <name>', 'who, for the history', OPERATOR);
  add('delete', 'Lifts all that a recipient has opted out of; the history stays.', lift)
    .requiredOption('--reason <text>', 'why, for the history', reasonArgument)
    .option('--by <name>', 'who, for the history', OPERATOR);
  addOptOutList(group, context);
  addOptOutFiles(group, context);
}
