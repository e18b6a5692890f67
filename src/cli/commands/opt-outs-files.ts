import { type Command } from 'commander';
import { createOptOutStore } from '../../database/opt-out-store';
import { type CliContext } from '../cli-context';
import { exportOptOuts } from '../export-opt-outs';
import { type ImportChoices, importOptOuts } from '../import-opt-outs';
import { mapArgument } from '../map-argument';
import { operatorLedger } from '../operator-ledger';
import { OPERATOR } from '../operator-statement';
import { requireDatabase } from '../require-database';
import { withOperator } from '../with-operator';

/** `posthorn opt-outs import` and `posthorn opt-outs export`. */
export function addOptOutFiles(group: Command, context: CliContext): void {
  group
    .command('import')
    .description(
      'Takes a CSV file into the ledger: one opt-out in each row, or what the column optedOut says. Rows at fault are listed and\n' +
        'left out, known ones change nothing, and an older statement never overturns a newer one. Ends with 1 if a row was wrong.',
    )
    .argument('<file>', 'the file, or - for standard input')
    .option('--dry-run', 'check every row, and change nothing', false)
    .option(
      '--map <field=column>',
      'which column a field is in, such as "address=Phone Number"; may be repeated',
      mapArgument,
      {},
    )
    .option('--by <name>', 'who imports, for the history', OPERATOR)
    .action(async (file: string, choices: ImportChoices) => {
      await withOperator(context.readEnvironment(), async (operator) => {
        await requireDatabase(operator.knex);
        await importOptOuts(context, operatorLedger(operator, context), file, choices);
      });
    });
  group
    .command('export')
    .description('Writes the ledger as CSV, as it is at one moment; an import takes it as it is.')
    .argument('[file]', 'the file, or - for standard output', '-')
    .option('--history', 'every statement and not only what holds now', false)
    .action(async (file: string, { history }: { readonly history: boolean }) => {
      await withOperator(context.readEnvironment(), async ({ knex }) => {
        await requireDatabase(knex);
        await exportOptOuts(context, createOptOutStore(knex), file, history);
      });
    });
}
