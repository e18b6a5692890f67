import { type Command } from 'commander';
import { checkDeployment } from '../../checker/check-deployment';
import { type CliContext } from '../cli-context';
import { describeCheck } from '../describe-check';
import { EXIT_CODES } from '../exit-codes';
import { requireDatabase } from '../require-database';
import { withOperator } from '../with-operator';

interface CheckOptions {
  readonly log: string;
  readonly json: boolean;
}

/** `posthorn check` */
export function addCheck(program: Command, context: CliContext): void {
  program
    .command('check')
    .summary("compare the simulator's log with Postgres and Temporal")
    .description(
      'Compares what the simulator accepted and told (see posthorn simulate --log) with Postgres and Temporal, and lists\n' +
        'every broken promise: messages lost, sent twice, sent after an opt-out, receipts not kept, outcomes that are not true.\n' +
        'Changes nothing. Ends with 0 when there is none, otherwise with 1. Wait until all is quiet before you ask.',
    )
    .requiredOption('--log <file>', "the simulator's log")
    .option('--json', 'print what was compared and found as JSON', false)
    .action(async ({ json, log }: CheckOptions) => {
      const report = await withOperator(context.readEnvironment(), async ({ client, knex }) => {
        await requireDatabase(knex);
        const onProgress = (line: string): void => context.complain(`${line}\n`);
        return await checkDeployment({ logFile: log, knex, temporal: client, onProgress });
      });
      context.write(json ? `${JSON.stringify(report, null, 2)}\n` : describeCheck(report));
      context.setExitCode(report.violations.length === 0 ? EXIT_CODES.ok : EXIT_CODES.failed);
    });
}
