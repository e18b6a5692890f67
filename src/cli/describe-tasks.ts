import { type TaskDetailsView, type TaskView } from '../http/presenters/task';
import { localTime, localTimeZone } from './local-time';
import { createTable } from './table';

/** Tasks for a person in front of a terminal, in their order. */
export function describeTasks(tasks: readonly TaskView[], timeZone: string = localTimeZone()): string {
  if (tasks.length === 0) {
    return 'There is no such task.\n';
  }
  const table = createTable(['due', 'task', 'queue', 'status', 'held by', 'why']);
  for (const { claim, dueAt, id, queue, reason, status } of tasks) {
    table.push([localTime(dueAt, timeZone), id, queue, status, claim?.by ?? '', reason]);
  }
  return `Times are those of ${timeZone}.\n${table.toString()}\n`;
}

/** One task with all that a person needs who deals with it. */
export function describeTask(task: TaskDetailsView, timeZone: string = localTimeZone()): string {
  const { cameFrom, claim, closing, dueAt, history, id, messageId, onCall, queue, reason, recipient, status, toDo } =
    task;
  const time = (at: string): string => localTime(at, timeZone);
  const facts: readonly (readonly [string, string | undefined])[] = [
    ['task', `${id} (${status})`],
    ['message', messageId],
    ['for', recipient ?? 'the participants of a conversation'],
    ['queue', cameFrom === null ? queue : `${queue}, after ${cameFrom}`],
    ['why', reason],
    ['due', time(dueAt)],
    ['held by', claim === null ? undefined : `${claim.by} since ${time(claim.at)}`],
    ['told', onCall === null ? undefined : `${onCall.to}, on call`],
    ['closed', closing === null ? undefined : `${closing.kind.replaceAll('_', ' ')} at ${time(closing.at)}`],
    ['to do', closing === null ? toDo : undefined],
  ];
  const labels = createTable([]);
  labels.push(...facts.flatMap(([label, text]) => (text === undefined ? [] : [[label, text]])));
  return [
    `Times are those of ${timeZone}.`,
    labels.toString(),
    'Tried:',
    triedTable(task),
    'History:',
    historyTable(history, time),
    '',
  ].join('\n');
}

function triedTable({ tried }: Pick<TaskDetailsView, 'tried'>): string {
  const table = createTable(['attempt', 'channel', 'status', 'error', 'what became of it']);
  for (const { channel, errorCode, number, reason, status } of tried) {
    table.push([String(number), channel, status, errorCode === null ? '' : String(errorCode), reason ?? '']);
  }
  return table.toString();
}

function historyTable(history: TaskDetailsView['history'], time: (at: string) => string): string {
  const table = createTable(['time', 'what', 'by', 'note']);
  for (const { at, by, kind, note } of history) {
    table.push([time(at), kind.replaceAll('_', ' '), by ?? '', note ?? '']);
  }
  return table.toString();
}
