import { type Command, Option } from 'commander';
import { createCallbackStore } from '../../database/callback-store';
import { CALLBACK_STATUSES, type CallbackStatus } from '../../domain/callback';
import { presentCallback } from '../../http/presenters/callback';
import { compact } from '../../twilio/compact';
import { type CliContext } from '../cli-context';
import { describeCallbacks } from '../describe-callbacks';
import { callbackIdArgument, messageIdArgument } from '../id-argument';
import { limitArgument } from '../limit-argument';
import { momentArgument } from '../moment-argument';
import { redriveCallbacks } from '../redrive-callbacks';
import { requireDatabase } from '../require-database';
import { UsageError } from '../usage-error';
import { withOperator } from '../with-operator';

interface SelectionOptions {
  readonly tenant?: string;
  readonly message?: string;
  readonly since?: string;
}

interface ListOptions extends SelectionOptions {
  readonly dead: boolean;
  readonly status?: CallbackStatus;
  readonly limit: number;
  readonly json: boolean;
}

/** `posthorn callbacks` */
export function addCallbacks(program: Command, context: CliContext): void {
  const group = program.command('callbacks').description('Lists what callers are told, and tells again what is dead.');
  withSelection(group.command('list'))
    .description('Lists callbacks, the newest first: what was told, whether it was taken, and why not.')
    .option('--dead', 'only those that were given up', false)
    .addOption(new Option('--status <status>', 'only these').choices(CALLBACK_STATUSES).conflicts('dead'))
    .option('--limit <number>', 'how many at most', limitArgument, 50)
    .option('--json', 'print them as GET /v1/callbacks answers', false)
    .action((options: ListOptions) => list(context, options));
  withSelection(group.command('redrive'))
    .description('Tells dead callbacks again, under the same ids: one of them, or all that the options select.')
    .argument('[callback-id]', 'evt_…', callbackIdArgument)
    .action((callbackId: string | undefined, options: SelectionOptions) => redrive(context, callbackId, options));
}

function withSelection(command: Command): Command {
  return command
    .option('--tenant <name>', 'only those of this tenant')
    .option('--message <id>', 'only those of this message', messageIdArgument)
    .option('--since <time>', 'nothing before it, such as 2026-01-31 or 2026-01-31T08:00:00Z', momentArgument);
}

async function list(context: CliContext, { dead, json, limit, status, ...options }: ListOptions): Promise<void> {
  const wanted = dead ? 'dead' : status;
  const callbacks = await withOperator(context.readEnvironment(), async ({ knex }) => {
    await requireDatabase(knex);
    const page = await createCallbackStore(knex).list({ limit, ...selection(options), ...compact({ status: wanted }) });
    return page.callbacks.map(presentCallback);
  });
  context.write(json ? `${JSON.stringify({ callbacks }, null, 2)}\n` : describeCallbacks(callbacks));
}

async function redrive(context: CliContext, callbackId: string | undefined, options: SelectionOptions): Promise<void> {
  if (callbackId === undefined && Object.keys(options).length === 0) {
    throw new UsageError('Which callbacks? Give an id (evt_…), or --tenant, --message or --since.');
  }
  const { redriven, started } = await withOperator(context.readEnvironment(), async ({ client, knex }) => {
    await requireDatabase(knex);
    return await redriveCallbacks({ client, knex }, { ...selection(options), ...compact({ callbackId }) });
  });
  if (redriven === 0) {
    throw new Error('No dead callback was selected: "posthorn callbacks list --dead" shows them.');
  }
  context.write(`Redriven: ${redriven}.\n`);
  if (started < redriven) {
    context.write(`${redriven - started} could not be started now; the sweep does it.\n`);
  }
}

function selection({ message, since, tenant }: SelectionOptions) {
  return compact({ messageId: message, since, tenant });
}
