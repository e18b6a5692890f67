import { type Command } from 'commander';
import { createMessageClient } from '../../temporal/create-message-client';
import { type CliContext } from '../cli-context';
import { messageIdArgument } from '../id-argument';
import { withOperator } from '../with-operator';

/** `posthorn release` */
export function addRelease(program: Command, context: CliContext): void {
  program
    .command('release')
    .summary('send a message that quiet hours hold')
    .description('Sends a message that quiet hours hold, without waiting for their end. Later steps are held anew.')
    .argument('<message-id>', 'msg_…', messageIdArgument)
    .requiredOption('--by <name>', 'who releases it')
    .requiredOption('--reason <text>', 'why it cannot wait')
    .action(async (messageId: string, { by, reason }: { by: string; reason: string }) => {
      await withOperator(context.readEnvironment(), async ({ client }) => {
        const { heldUntil } = await createMessageClient(client).release(messageId, { by, reason });
        context.write(`Released; it would have been held until ${heldUntil}.\n`);
      });
    });
}
