import { type Command } from 'commander';
import { InvalidRequestError } from '../../client/invalid-request-error';
import { createPosthornClient, type PosthornClient, type SentMessage } from '../../client/posthorn-client';
import { type Outcome } from '../../domain/outcome';
import { type SendRequestInput } from '../../request/send-request-schema';
import { type CliContext } from '../cli-context';
import { EXIT_CODES } from '../exit-codes';
import { inOptions } from '../in-options';
import { pairArgument } from '../pair-argument';
import { policyArgument } from '../policy-argument';
import { type RequestOptions, requestOfOptions } from '../request-of-options';
import { tenantFor } from '../tenant-for';
import { withOperator } from '../with-operator';

/** Ends that are what the sender wanted. */
const GOOD_OUTCOMES = ['delivered', 'read', 'acknowledged'];

interface SendOptions extends RequestOptions {
  readonly tenant?: string;
  readonly idempotencyKey?: string;
  readonly wait: boolean;
}

const DESCRIPTION = `Sends a message. The options say all that POST /v1/messages takes.
With --wait it follows the message to its end, which is 1 unless it arrived.`;

/** `posthorn send` */
export function addSend(program: Command, context: CliContext): void {
  const command = program
    .command('send')
    .summary('send a message')
    .description(DESCRIPTION)
    .usage('[options] <to> <body>, or --conversation <conversation-sid> [options] <body>')
    .argument('[to]', 'recipient, such as +12025550123 or whatsapp:+12025550123')
    .argument('[body]', 'the text; not needed with --template or --media')
    .option(
      '--conversation <conversation-sid>',
      'write to everybody in an existing conversation (CH…), in place of a recipient',
    )
    .option('--from <address>', 'sender; without it the one configured for the channel')
    .option('--channel <channel>', 'sms or whatsapp')
    .option('--template <content-sid>', 'a content template (HX…) in place of the text')
    .option('--variable <name=text>', 'a variable of the template; may be given several times', pairArgument)
    .option('--whatsapp-template <content-sid>', 'the template for WhatsApp while its 24-hour window is not open')
    .option('--whatsapp-variable <name=text>', 'a variable of it; may be given several times', pairArgument)
    .option('--media <media-sid>', 'uploaded media (ME…), with or without a text')
    .option('--category <category>', 'security, alert, notification or marketing');
  addTimes(command)
    .option('--policy <json>', 'as in a request, such as {"deliveryTimeout":"5m"}', policyArgument)
    .option('--metadata <name=text>', 'a label of yours, given back as it is; may be given several times', pairArgument)
    .option(
      '--callback-url <url>',
      'whom to tell what becomes of it; its tenant needs a secret in POSTHORN_CALLBACK_SECRETS',
    )
    .option('--idempotency-key <key>', 'the same key sends once')
    .option('--tenant <name>', 'in whose name; without it the only tenant of POSTHORN_API_KEYS')
    .option('--wait', 'wait for the outcome', false)
    .action(async (first: string | undefined, second: string | undefined, options: SendOptions) => {
      assertTemplates(command, options);
      await send(context, addressed(command, [first, second], options), options);
    });
}

function addTimes(command: Command): Command {
  return command
    .option('--send-at <moment>', 'not before then, such as 2026-01-31T08:00:00+01:00')
    .option('--expires-at <moment>', 'worth nothing any more from then on, whatever step it is on')
    .option('--time-to-live <duration>', 'the same as a duration such as 10m, counted from --send-at or from now')
    .option('--time-zone <name>', 'where the recipient is, for quiet hours, such as Europe/Berlin')
    .option('--ignore-quiet-hours <reason>', 'send it at night all the same, and why');
}

/** Without a conversation the first argument is the recipient, with one there is only the text. A template or media need none. */
function addressed(
  command: Command,
  [first, second]: readonly [string | undefined, string | undefined],
  { conversation, media, template }: SendOptions,
): Pick<SendRequestInput, 'to' | 'body'> {
  if (conversation !== undefined && second !== undefined) {
    command.error('error: with --conversation give only the text: everybody in the conversation is the recipient');
  }
  if (conversation === undefined && first === undefined) {
    command.error("error: missing required argument 'to': give the recipient, or --conversation");
  }
  const [to, body] = conversation === undefined ? [first, second] : [undefined, first];
  if (body === undefined && template === undefined && media === undefined) {
    command.error("error: missing required argument 'body': give the text, --template or --media");
  }
  return { ...(to === undefined ? {} : { to }), ...(body === undefined ? {} : { body }) };
}

/** A variable belongs to a template. */
function assertTemplates(
  command: Command,
  { template, variable, whatsappTemplate, whatsappVariable }: SendOptions,
): void {
  if (variable !== undefined && template === undefined) {
    command.error('error: --variable is for a template: give --template too');
  }
  if (whatsappVariable !== undefined && whatsappTemplate === undefined) {
    command.error('error: --whatsapp-variable is for a template: give --whatsapp-template too');
  }
}

async function send(
  context: CliContext,
  message: Pick<SendRequestInput, 'to' | 'body'>,
  { idempotencyKey, tenant, wait, ...options }: SendOptions,
): Promise<void> {
  const outcome = await withOperator(context.readEnvironment(), async ({ client, config }) => {
    const { defaultPolicy, tenants } = config;
    const posthorn = createPosthornClient({
      client,
      tenant: tenantFor(tenant, tenants),
      ...(defaultPolicy === undefined ? {} : { defaultPolicy }),
    });
    const request = { ...message, ...requestOfOptions(options) };
    const { messageId, workflowId } = await sent(posthorn, request, idempotencyKey);
    context.write(`message  ${messageId}\nworkflow ${workflowId}\n`);
    return wait ? await posthorn.waitForOutcome(messageId) : undefined;
  });
  if (outcome !== undefined) {
    announce(outcome, context);
  }
}

/** @throws InvalidRequestError in the names of the command line. */
async function sent(
  posthorn: PosthornClient,
  request: SendRequestInput,
  idempotencyKey: string | undefined,
): Promise<SentMessage> {
  try {
    return await posthorn.send(request, idempotencyKey === undefined ? {} : { idempotencyKey });
  } catch (error) {
    throw error instanceof InvalidRequestError ? new InvalidRequestError(error.problems.map(inOptions)) : error;
  }
}

function announce({ kind, reason }: Outcome, context: CliContext): void {
  context.write(`outcome  ${kind}: ${reason}\n`);
  context.setExitCode(GOOD_OUTCOMES.includes(kind) ? EXIT_CODES.ok : EXIT_CODES.failed);
}
