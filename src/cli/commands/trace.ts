import { type Command } from 'commander';
import { createCallbackStore } from '../../database/callback-store';
import { createMessageStore } from '../../database/message-store';
import { createTraceStore } from '../../database/trace-store';
import { messageIdFor } from '../../domain/message-id';
import { findStory } from '../../http/find-story';
import { findTraced } from '../../http/find-traced';
import { presentTrace, type TraceView } from '../../http/presenters/story';
import { createRunFinder } from '../../temporal/run-finder';
import { type CliContext } from '../cli-context';
import { describeTrace } from '../describe-story';
import { limitArgument } from '../limit-argument';
import { requireDatabase } from '../require-database';
import { tenantFor } from '../tenant-for';
import { UsageError } from '../usage-error';
import { type Operator, withOperator } from '../with-operator';

interface TraceOptions {
  readonly key?: string;
  readonly tenant?: string;
  readonly all: boolean;
  readonly limit: number;
  readonly json: boolean;
}

/** `posthorn trace` */
export function addTrace(program: Command, context: CliContext): void {
  program
    .command('trace')
    .summary('the whole story of a message from any of its identifiers')
    .description(
      "Finds the messages that an identifier belongs to, and tells the newest one's story: workflow, attempts, conversations,\n" +
        'participants, receipts, calls, timeline, callbacks. Times are those of this machine.',
    )
    .argument(
      '[identifier]',
      'msg_…, deliver-msg_…, the run id of a workflow, evt_…, task_…, CH…, MB…, IM…, DY…, CA…, SM…, MM… or WA…',
    )
    .option('--key <key>', 'the idempotency key of the message, in place of an identifier')
    .option('--tenant <name>', 'whose key it is; without it the only tenant of POSTHORN_API_KEYS')
    .option('--all', 'tell the story of every message that is listed', false)
    .option('--limit <number>', 'how many messages to list at most', limitArgument, 20)
    .option('--json', 'print it as GET /v1/trace/{identifier} answers', false)
    .action(async (text: string | undefined, options: TraceOptions) => {
      assertOneOf(text, options.key);
      const trace = await withOperator(context.readEnvironment(), async (operator) => {
        await requireDatabase(operator.knex);
        const { key, tenant } = options;
        const id = key === undefined ? (text ?? '') : messageIdFor(tenantFor(tenant, operator.config.tenants), key);
        return await findTrace(operator, id, options);
      });
      context.write(options.json ? `${JSON.stringify(trace, null, 2)}\n` : describeTrace(trace));
    });
}

function assertOneOf(text: string | undefined, key: string | undefined): void {
  if ((text === undefined) === (key === undefined)) {
    throw new UsageError('What is to be traced? Give one identifier, or --key with an idempotency key.');
  }
}

/** @throws Error that says what the text looks like, where it was looked for, and what to do next. */
async function findTrace(
  { client, config, knex }: Operator,
  text: string,
  { all, limit }: TraceOptions,
): Promise<TraceView> {
  const deps = { traces: createTraceStore(knex), client: createRunFinder(client) };
  const traced = await findTraced(deps, text, { limit });
  if (traced.kind === 'not_traced') {
    throw new UsageError(`It ${traced.problem}.`);
  }
  if (traced.kind === 'untraced') {
    throw new Error(`It ${traced.problem}.`);
  }
  const { identifier, messages, name } = traced;
  const { optOutCodes } = config;
  const stores = { messages: createMessageStore(knex), callbacks: createCallbackStore(knex), optOutCodes };
  const stories = [];
  for (const message of messages.slice(0, all ? limit : 1)) {
    stories.push(...(await findStory(stores, message)));
  }
  return presentTrace({ identifier: identifier.id, kind: name }, messages, stories);
}
