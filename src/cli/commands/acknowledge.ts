import { type Command } from 'commander';
import { createMessageClient } from '../../temporal/create-message-client';
import { type CliContext } from '../cli-context';
import { messageIdArgument } from '../id-argument';
import { withOperator } from '../with-operator';

/** `posthorn acknowledge` */
export function addAcknowledge(program: Command, context: CliContext): void {
  program
    .command('acknowledge')
    .summary('take the open task of a message')
    .description('Closes the open human task of a message: somebody has taken it.')
    .argument('<message-id>', 'msg_…', messageIdArgument)
    .requiredOption('--by <name>', 'who takes it')
    .option('--note <text>', 'what there is to say about it')
    .action(async (messageId: string, { by, note }: { by: string; note?: string }) => {
      await withOperator(context.readEnvironment(), async ({ client }) => {
        const request = { by, ...(note === undefined ? {} : { note }) };
        const { queue } = await createMessageClient(client).acknowledge(messageId, request);
        context.write(`Acknowledged for ${queue}.\n`);
      });
    });
}
