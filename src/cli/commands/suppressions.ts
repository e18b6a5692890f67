import { type Command, Option } from 'commander';
import { createSuppressionStore, type SuppressionStore } from '../../database/suppression-store';
import { MESSAGE_CHANNELS, type MessageChannel } from '../../domain/channel';
import { presentSuppressedAddress, presentSuppression } from '../../http/presenters/suppression';
import { compact } from '../../twilio/compact';
import { addressArgument } from '../address-argument';
import { type CliContext } from '../cli-context';
import { describeSuppressions } from '../describe-suppressions';
import { limitArgument } from '../limit-argument';
import { OPERATOR } from '../operator-statement';
import { reasonArgument } from '../reason-argument';
import { requireDatabase } from '../require-database';
import { withOperator } from '../with-operator';

interface ListOptions {
  readonly channel?: MessageChannel;
  readonly limit: number;
  readonly json: boolean;
}

interface LiftOptions {
  readonly channel?: MessageChannel;
  readonly reason: string;
  readonly by: string;
}

/** `posthorn suppressions` */
export function addSuppressions(program: Command, context: CliContext): void {
  const group = program
    .command('suppressions')
    .description('Shows and lifts addresses that Twilio says cannot be reached. Who wants nothing is in opt-outs.');
  const over = <Answer>(work: (suppressions: SuppressionStore) => Promise<Answer>): Promise<Answer> =>
    withOperator(context.readEnvironment(), async ({ knex }) => {
      await requireDatabase(knex);
      return await work(createSuppressionStore(knex));
    });
  const show = async (suppressions: SuppressionStore, address: string): Promise<void> => {
    const answer = presentSuppressedAddress(address, await suppressions.show(address), Date.now());
    context.write(`${JSON.stringify(answer, null, 2)}\n`);
  };
  const onChannel = (): Option => new Option('--channel <channel>', 'only on it').choices(MESSAGE_CHANNELS);

  group
    .command('list')
    .description('Lists what is suppressed now, the newest first. Times are those of this machine.')
    .addOption(onChannel())
    .option('--limit <number>', 'how many at most', limitArgument, 50)
    .option('--json', 'print them as GET /v1/suppressions answers', false)
    .action(async ({ json, ...filter }: ListOptions) => {
      const found = (await over((store) => store.list(filter))).suppressions.map(presentSuppression);
      context.write(json ? `${JSON.stringify({ suppressions: found }, null, 2)}\n` : describeSuppressions(found));
    });
  group
    .command('show')
    .description('Shows what is and was known of an address, lifted and past suppressions included.')
    .argument('<address>', 'such as +12025550123', addressArgument)
    .action((address: string) => over((store) => show(store, address)));
  group
    .command('lift')
    .description('Lets messages go to an address again; the reason stays on record.')
    .argument('<address>', 'such as +12025550123', addressArgument)
    .addOption(onChannel())
    .requiredOption('--reason <text>', 'why it can be reached after all', reasonArgument)
    .option('--by <name>', 'who lifts it', OPERATOR)
    .action((address: string, { by, channel, reason }: LiftOptions) =>
      over(async (store) => {
        await store.lift({ address, by, reason, ...compact({ channel }) });
        await show(store, address);
      }),
    );
}
