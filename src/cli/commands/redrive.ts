import { type Command } from 'commander';
import { createDeadLetterStore } from '../../database/dead-letter-store';
import { redriveMany } from '../../redrive/redrive-many';
import { redriveMessage } from '../../redrive/redrive-message';
import { TemporalUnavailableError } from '../../temporal/errors';
import { createMessageClient } from '../../temporal/create-message-client';
import { type CliContext } from '../cli-context';
import { deadFilter, type DeadSelection, withDeadSelection } from '../dead-selection';
import { EXIT_CODES } from '../exit-codes';
import { messageIdArguments } from '../id-argument';
import { createRedriveReport, type RedriveReport } from '../redrive-report';
import { requireDatabase } from '../require-database';
import { UsageError } from '../usage-error';
import { type Operator, withOperator } from '../with-operator';

interface RedriveOptions extends DeadSelection {
  readonly by: string;
  readonly all: boolean;
  readonly dryRun: boolean;
}

/** `posthorn redrive` */
export function addRedrive(program: Command, context: CliContext): void {
  withDeadSelection(program.command('redrive'))
    .summary('take up messages that ended for a reason of ours')
    .description(
      'Takes dead messages up again, under the same ids and each exactly once: those with the given ids, or with --all\n' +
        'those that the other options select. Mend the cause first; "posthorn dead list" names it.',
    )
    .argument('[message-ids...]', 'msg_…', messageIdArguments)
    .option('--all', 'all that the other options select', false)
    .option('--dry-run', 'say how many there are, and change nothing', false)
    .option('--by <name>', 'who redrives, for the history', 'operator')
    .action(async (messageIds: string[], options: RedriveOptions) => {
      assertSelected(messageIds, options);
      await withOperator(context.readEnvironment(), async (operator) => {
        await requireDatabase(operator.knex);
        await redrive(context, operator, messageIds, options);
      });
    });
}

function assertSelected(messageIds: readonly string[], { all, dryRun, ...selection }: RedriveOptions): void {
  const isSelected = Object.keys(deadFilter(selection)).length > 0;
  if (messageIds.length > 0 && (all || dryRun || isSelected)) {
    throw new UsageError('Give either message ids, or --all or --dry-run with what selects the messages.');
  }
  if (messageIds.length === 0 && !all && !dryRun) {
    throw new UsageError('Which messages? Give their ids (msg_…), or --all; --dry-run says how many that would be.');
  }
}

async function redrive(
  context: CliContext,
  { client, knex }: Operator,
  messageIds: readonly string[],
  { by, ...selection }: RedriveOptions,
): Promise<void> {
  const deadLetters = createDeadLetterStore(knex);
  const filter = deadFilter(selection);
  const count = messageIds.length > 0 ? messageIds.length : await deadLetters.count(filter);
  context.write(`${count} ${count === 1 ? 'message' : 'messages'} to redrive.\n`);
  if (selection.dryRun) {
    return;
  }
  const report = createRedriveReport(context, count);
  const deps = { deadLetters, client: leavingToSweep(createMessageClient(client), report) };
  if (messageIds.length === 0) {
    await redriveMany(deps, filter, by, report.add);
  }
  for (const messageId of messageIds) {
    report.add(await redriveMessage(deps, { messageId, by }));
  }
  if (report.end().refused > 0) {
    context.setExitCode(EXIT_CODES.failed);
  }
}

type Starter = Pick<ReturnType<typeof createMessageClient>, 'start'>;

/** A message that is open on disk is redriven, even while Temporal does not take its workflow. */
function leavingToSweep(client: Starter, report: Pick<RedriveReport, 'leaveToSweep'>): Starter {
  return {
    start: async (input) => {
      try {
        await client.start(input);
      } catch (error) {
        if (!(error instanceof TemporalUnavailableError)) {
          throw error;
        }
        report.leaveToSweep();
      }
    },
  };
}
