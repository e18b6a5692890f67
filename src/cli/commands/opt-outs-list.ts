import { type Command, InvalidArgumentError, Option } from 'commander';
import { createOptOutStore, OPT_OUT_SOURCES, type OptOutFilter, type OptOutSource } from '../../database/opt-out-store';
import { listAtMost } from '../../opt-outs/list-at-most';
import { CATEGORIES, type Category } from '../../domain/category';
import { REACH_CHANNELS, type ReachChannel } from '../../domain/channel';
import { presentStatement } from '../../http/presenters/opt-out';
import { compact } from '../../twilio/compact';
import { addressArgument } from '../address-argument';
import { type CliContext } from '../cli-context';
import { describeOptOuts } from '../describe-opt-outs';
import { limitArgument } from '../limit-argument';
import { momentArgument } from '../moment-argument';
import { requireDatabase } from '../require-database';
import { withOperator } from '../with-operator';

const ANY = 'any';

interface ListOptions {
  readonly optedOut?: boolean;
  readonly source?: OptOutSource;
  readonly sender?: string;
  readonly channel?: ReachChannel | typeof ANY;
  readonly category?: Category | typeof ANY;
  readonly since?: string;
  readonly limit: number;
  readonly json: boolean;
}

/** `posthorn opt-outs list` */
export function addOptOutList(group: Command, context: CliContext): void {
  group
    .command('list')
    .description(
      'Lists what recipients have opted out of, or in to, the newest first. Times are those of this machine.',
    )
    .option('--opted-out <boolean>', 'only opt-outs (true) or opt-ins (false)', booleanArgument)
    .addOption(new Option('--source <source>', 'only those that came this way').choices(OPT_OUT_SOURCES))
    .option('--sender <number>', 'only those about this sender; any for those about all of them', senderArgument)
    .addOption(new Option('--channel <channel>', 'only those about it').choices([...REACH_CHANNELS, ANY]))
    .addOption(new Option('--category <category>', 'only those about it').choices([...CATEGORIES, ANY]))
    .option('--since <time>', 'nothing before it, such as 2026-01-31 or 2026-01-31T08:00:00Z', momentArgument)
    .option('--limit <number>', 'how many at most', limitArgument, 50)
    .option('--json', 'print them as GET /v1/opt-outs answers', false)
    .action(async ({ json, ...options }: ListOptions) => {
      const optOuts = await withOperator(context.readEnvironment(), async ({ knex }) => {
        await requireDatabase(knex);
        return (await listAtMost(createOptOutStore(knex), filterOf(options))).map(presentStatement);
      });
      context.write(json ? `${JSON.stringify({ optOuts }, null, 2)}\n` : describeOptOuts(optOuts));
    });
}

function filterOf({ sender, channel, category, ...options }: Omit<ListOptions, 'json'>): OptOutFilter {
  return {
    ...options,
    ...compact({
      sender: sender === ANY ? null : sender,
      channel: channel === ANY ? null : channel,
      category: category === ANY ? null : category,
    }),
  };
}

function senderArgument(text: string): string {
  return text === ANY ? ANY : addressArgument(text);
}

function booleanArgument(text: string): boolean {
  if (text !== 'true' && text !== 'false') {
    throw new InvalidArgumentError('Give true or false.');
  }
  return text === 'true';
}
