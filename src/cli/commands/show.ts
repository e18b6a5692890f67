import { type Command } from 'commander';
import { createMessageStore } from '../../database/message-store';
import { tenantOfMessage } from '../../database/tenant-of-message';
import { presentMessage } from '../../http/presenters/message';
import { type CliContext } from '../cli-context';
import { messageIdArgument } from '../id-argument';
import { describeMessage } from '../describe-message';
import { requireDatabase } from '../require-database';
import { withOperator } from '../with-operator';

/** `posthorn show` */
export function addShow(program: Command, context: CliContext): void {
  program
    .command('show')
    .summary('show a message with its attempts and timeline')
    .description('Shows a message with its attempts and its timeline, in the time zone of this machine.')
    .argument('<message-id>', 'msg_…', messageIdArgument)
    .option('--json', 'print what GET /v1/messages/{id} answers', false)
    .action(async (messageId: string, { json }: { json: boolean }) => {
      const message = await withOperator(context.readEnvironment(), async ({ config, knex }) => {
        await requireDatabase(knex);
        const tenant = await tenantOfMessage(knex, messageId);
        const found = tenant === undefined ? undefined : await createMessageStore(knex).find(tenant, messageId);
        return found === undefined ? undefined : presentMessage(found, config.optOutCodes);
      });
      if (message === undefined) {
        throw new Error(
          'There is no such message: give the id that posthorn send or POST /v1/messages answered (msg_…). ' +
            'One that was sent without the API appears when a worker takes it.',
        );
      }
      context.write(json ? `${JSON.stringify(message, null, 2)}\n` : describeMessage(message));
    });
}
