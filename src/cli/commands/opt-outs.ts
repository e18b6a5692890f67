import { type Command } from 'commander';
import { createOptOutStore, type OptOutStore } from '../../database/opt-out-store';
import { presentHistory, presentOptOut } from '../../http/presenters/opt-out';
import { addressArgument } from '../address-argument';
import { type CliContext } from '../cli-context';
import { recordOperatorStatement } from '../operator-statement';
import { requireDatabase } from '../require-database';
import { withOperator } from '../with-operator';

/** What a subcommand does with the ledger before it prints the answer. */
type LedgerAction = (optOuts: OptOutStore, address: string, options: { readonly reason?: string }) => Promise<unknown>;

const show: LedgerAction = async (optOuts, address) => presentOptOut(address, await optOuts.show(address));

const history: LedgerAction = async (optOuts, address) => presentHistory(address, await optOuts.history(address));

const put: LedgerAction = async (optOuts, address, { reason }) => {
  await recordOperatorStatement(optOuts, { address, optedOut: true, reason });
  return await show(optOuts, address, {});
};

const lift: LedgerAction = async (optOuts, address, { reason }) => {
  await recordOperatorStatement(optOuts, { address, optedOut: false, reason });
  return await show(optOuts, address, {});
};

/** `posthorn opt-outs` */
export function addOptOuts(program: Command, context: CliContext): void {
  const group = program.command('opt-outs').description('Shows and changes the ledger of opt-outs; answers in JSON.');
  const add = (name: string, description: string, action: LedgerAction): Command =>
    group
      .command(name)
      .description(description)
      .argument('<address>', 'such as +12025550123', addressArgument)
      .action(async (address: string, options: { reason?: string }) => {
        await withOperator(context.readEnvironment(), async ({ knex }) => {
          await requireDatabase(knex);
          const answer = await action(createOptOutStore(knex), address, options);
          context.write(`${JSON.stringify(answer, null, 2)}\n`);
        });
      });

  add('show', 'Shows what a recipient has opted out of.', show);
  add('history', 'Shows every statement about a recipient, oldest first.', history);
  add('put', 'Opts a recipient out of everything.', put).option('--reason <text>', 'why, for the history');
  add('delete', 'Lifts all that a recipient has opted out of; the history stays.', lift).option(
    '--reason <text>',
    'why, for the history',
  );
}
