import { type Command, Option } from 'commander';
import { createMessageStore } from '../../database/message-store';
import { createTaskStore } from '../../database/task-store';
import { TASK_STATUSES, type TaskStatus } from '../../domain/human-task';
import { presentTask, presentTaskDetails, type TaskDetailsView } from '../../http/presenters/task';
import { briefTask } from '../../tasks/brief-task';
import { compact } from '../../twilio/compact';
import { type CliContext } from '../cli-context';
import { describeTask, describeTasks } from '../describe-tasks';
import { taskIdArgument } from '../id-argument';
import { limitArgument } from '../limit-argument';
import { requireDatabase } from '../require-database';
import { acknowledgeTask, claimTask, giveBackTask, noteTask } from '../task-actions';
import { findTask, type TaskOfOperator } from '../task-of-operator';
import { withOperator } from '../with-operator';

interface ListOptions {
  readonly tenant?: string;
  readonly queue?: string;
  readonly status?: TaskStatus;
  readonly limit: number;
  readonly json: boolean;
}

interface HandOptions {
  readonly by: string;
  readonly note?: string;
}

const ACTIONS = [
  { name: 'claim', what: 'Says who deals with a task: one person at a time.', act: claimTask },
  { name: 'note', what: 'Adds a note to the history of a task.', act: noteTask },
  { name: 'give-back', what: 'Lets go of a task, so that somebody else can claim it.', act: giveBackTask },
  { name: 'acknowledge', what: 'Ends a task, and its message with it: somebody has taken it.', act: acknowledgeTask },
] as const;

/** `posthorn tasks` */
export function addTasks(program: Command, context: CliContext): void {
  const group = program.command('tasks').description('Lists the tasks that wait for people, and deals with them.');
  group
    .command('list')
    .description(
      'Lists the tasks that wait, the one due first first; closed ones, the newest first, with --status closed.',
    )
    .option('--tenant <name>', 'only those of this tenant')
    .option('--queue <name>', 'only those in this queue')
    .addOption(new Option('--status <status>', 'only these').choices(TASK_STATUSES))
    .option('--limit <number>', 'how many at most', limitArgument, 50)
    .option('--json', 'print them as GET /v1/tasks answers', false)
    .action((options: ListOptions) => list(context, options));
  group
    .command('show')
    .description('Shows a task with all that a person needs who deals with it.')
    .argument('<task-id>', 'task_…', taskIdArgument)
    .option('--json', 'print it as GET /v1/tasks/{id} answers', false)
    .action((taskId: string, { json }: { readonly json: boolean }) => show(context, taskId, json));
  for (const { act, name, what } of ACTIONS) {
    const command = group.command(name).description(what).argument('<task-id>', 'task_…', taskIdArgument);
    command.requiredOption('--by <name>', 'who does it');
    command[name === 'note' ? 'requiredOption' : 'option']('--note <text>', 'what there is to say about it');
    command.action(async (taskId: string, hand: HandOptions) => {
      await onTask(context, taskId, async (task) => context.write(await act(task, hand)));
    });
  }
}

async function list(context: CliContext, { json, limit, ...filter }: ListOptions): Promise<void> {
  const tasks = await withOperator(context.readEnvironment(), async ({ knex }) => {
    await requireDatabase(knex);
    const page = await createTaskStore(knex).list({ limit, ...compact(filter) });
    return page.tasks.map(presentTask);
  });
  context.write(json ? `${JSON.stringify({ tasks }, null, 2)}\n` : describeTasks(tasks));
}

async function show(context: CliContext, taskId: string, json: boolean): Promise<void> {
  await onTask(context, taskId, async (found) => {
    const view = await details(found);
    context.write(json ? `${JSON.stringify(view, null, 2)}\n` : describeTask(view));
  });
}

async function details({ knex, optOutCodes, task }: TaskOfOperator): Promise<TaskDetailsView> {
  const message = await createMessageStore(knex).find(task.tenant, task.messageId);
  if (message === undefined) {
    throw new Error('The message of the task is gone.');
  }
  return presentTaskDetails(task, message, briefTask(task, message, optOutCodes));
}

async function onTask(
  context: CliContext,
  taskId: string,
  work: (task: TaskOfOperator) => Promise<void>,
): Promise<void> {
  await withOperator(context.readEnvironment(), async (operator) => {
    await requireDatabase(operator.knex);
    await work(await findTask(operator, taskId));
  });
}
