import { type Command } from 'commander';
import { createMessageClient } from '../../temporal/create-message-client';
import { type CliContext } from '../cli-context';
import { messageIdArgument } from '../id-argument';
import { withOperator } from '../with-operator';

/** `posthorn cancel` */
export function addCancel(program: Command, context: CliContext): void {
  program
    .command('cancel')
    .summary('stop a message')
    .description('Stops all that has not happened yet for a message.')
    .argument('<message-id>', 'msg_…', messageIdArgument)
    .option('--by <name>', 'who cancels', 'operator')
    .action(async (messageId: string, { by }: { by: string }) => {
      await withOperator(context.readEnvironment(), async ({ client }) => {
        const { isAlreadyHandedOver } = await createMessageClient(client).cancel(messageId, { by });
        context.write(
          isAlreadyHandedOver
            ? 'Canceled, but Twilio already had a message, which cannot be called back.\n'
            : 'Canceled; nothing was handed to Twilio.\n',
        );
      });
    });
}
