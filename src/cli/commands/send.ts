import { type Command } from 'commander';
import { createPosthornClient } from '../../client/posthorn-client';
import { type Outcome } from '../../domain/outcome';
import { type CliContext } from '../cli-context';
import { EXIT_CODES } from '../exit-codes';
import { policyArgument } from '../policy-argument';
import { tenantFor } from '../tenant-for';
import { withOperator } from '../with-operator';
import { type SendRequestInput } from '../../request/send-request-schema';

/** Ends that are what the sender wanted. */
const GOOD_OUTCOMES = ['delivered', 'read', 'acknowledged'];

interface SendOptions extends Omit<SendRequestInput, 'to' | 'conversationSid' | 'body'> {
  readonly conversation?: string;
  readonly tenant?: string;
  readonly idempotencyKey?: string;
  readonly wait: boolean;
}

/** `posthorn send` */
export function addSend(program: Command, context: CliContext): void {
  program
    .command('send')
    .summary('send a message')
    .description('Sends a message. With --wait it follows the message to its end, which is 1 unless it arrived.')
    .usage('[options] <to> <body>, or --conversation <conversation-sid> [options] <body>')
    .argument('<to>', 'recipient, such as +12025550123 or whatsapp:+12025550123')
    .argument('[body]', 'the text')
    .option(
      '--conversation <conversation-sid>',
      'write to everybody in an existing conversation (CH…), in place of a recipient',
    )
    .option('--from <address>', 'sender; without it the one configured for the channel')
    .option('--channel <channel>', 'sms or whatsapp')
    .option('--category <category>', 'security, alert, notification or marketing')
    .option('--policy <json>', 'as in a request, such as {"deliveryTimeout":"5m"}', policyArgument)
    .option(
      '--callback-url <url>',
      'whom to tell what becomes of it; its tenant needs a secret in POSTHORN_CALLBACK_SECRETS',
    )
    .option('--idempotency-key <key>', 'the same key sends once')
    .option('--tenant <name>', 'in whose name; without it the only tenant of POSTHORN_API_KEYS')
    .option('--wait', 'wait for the outcome', false)
    .action(async (first: string, second: string | undefined, options: SendOptions, command: Command) => {
      const { conversation, ...rest } = options;
      const message = messageOf(command, first, second, conversation);
      const outcome = await withOperator(context.readEnvironment(), async ({ client, config }) => {
        const { tenant, idempotencyKey, wait, ...request } = rest;
        const { defaultPolicy, tenants } = config;
        const posthorn = createPosthornClient({
          client,
          tenant: tenantFor(tenant, tenants),
          ...(defaultPolicy === undefined ? {} : { defaultPolicy }),
        });
        const key = idempotencyKey === undefined ? {} : { idempotencyKey };
        const { messageId, workflowId } = await posthorn.send({ ...message, ...request }, key);
        context.write(`message  ${messageId}\nworkflow ${workflowId}\n`);
        return wait ? await posthorn.waitForOutcome(messageId) : undefined;
      });
      if (outcome !== undefined) {
        announce(outcome, context);
      }
    });
}

/** Without a conversation the first argument is the recipient, with one there is only the text. */
function messageOf(command: Command, first: string, second: string | undefined, conversationSid: string | undefined) {
  if (conversationSid === undefined && second === undefined) {
    command.error("error: missing required argument 'body'");
  }
  if (conversationSid !== undefined && second !== undefined) {
    command.error('error: with --conversation give only the text: everybody in the conversation is the recipient');
  }
  return conversationSid === undefined ? { to: first, body: second } : { conversationSid, body: first };
}

function announce({ kind, reason }: Outcome, context: CliContext): void {
  context.write(`outcome  ${kind}: ${reason}\n`);
  context.setExitCode(GOOD_OUTCOMES.includes(kind) ? EXIT_CODES.ok : EXIT_CODES.failed);
}
