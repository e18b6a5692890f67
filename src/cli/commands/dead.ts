import { type Command } from 'commander';
import { createDeadLetterStore, type DeadMessage } from '../../database/dead-letter-store';
import { presentDead } from '../../http/presenters/dead';
import { presentOutcome } from '../../http/presenters/outcome';
import { type CliContext } from '../cli-context';
import { deadFilter, type DeadSelection, withDeadSelection } from '../dead-selection';
import { describeDead } from '../describe-dead';
import { limitArgument } from '../limit-argument';
import { requireDatabase } from '../require-database';
import { withOperator } from '../with-operator';

interface ListOptions extends DeadSelection {
  readonly limit: number;
  readonly json: boolean;
}

/** `posthorn dead` */
export function addDead(program: Command, context: CliContext): void {
  const group = program
    .command('dead')
    .description('Messages that ended for a reason of ours: configuration or outage.');
  withDeadSelection(group.command('list'))
    .description('Lists dead messages of all tenants, the oldest first: why they ended, and what to do about it.')
    .option('--limit <number>', 'how many at most', limitArgument, 50)
    .option('--json', 'print them as JSON', false)
    .action(async ({ json, limit, ...selection }: ListOptions) => {
      const { count, messages } = await withOperator(context.readEnvironment(), async ({ knex }) => {
        await requireDatabase(knex);
        const store = createDeadLetterStore(knex);
        const page = await store.list(deadFilter(selection), { limit });
        return { messages: page.messages, count: await store.count(deadFilter(selection)) };
      });
      if (json) {
        context.write(`${JSON.stringify({ count, messages: messages.map(presentMessage) }, null, 2)}\n`);
        return;
      }
      context.write(describeDead(messages));
      if (count > messages.length) {
        context.write(`${count - messages.length} more: raise --limit.\n`);
      }
    });
}

function presentMessage({ createdAt, messageId, outcome, tenant }: DeadMessage) {
  return { id: messageId, tenant, createdAt, outcome: presentOutcome(outcome), dead: presentDead(outcome) };
}
