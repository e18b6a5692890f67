import { type NewMessage } from '../database/message-store';
import { type TaskBriefing } from '../domain/human-task';
import { onCallAnswerId, onCallMessageId } from '../domain/message-id';
import { DEFAULT_POLICIES, type OnCall, type Policy } from '../domain/policy';
import { requestHash } from '../domain/request-hash';
import { type MessageContent, type RecipientRequest } from '../domain/send-request';
import { taskIdFor, type TaskKey } from '../domain/task-id';
import { workflowIdFor } from '../domain/workflow-id';

/** Tried again within a minute or not at all, and never another person: the task has a queue and a time-out of its own. */
const ON_CALL_POLICY: Policy = { ...DEFAULT_POLICIES.security, onTimeout: 'accept', escalation: [] };

/** One try: an answer that comes late is worth nothing. */
const ANSWER_POLICY: Policy = { ...ON_CALL_POLICY, maxAttempts: 1 };

/** How long after a reply its answer still makes sense, in milliseconds. */
const ANSWER_LIVES_MS = 15 * 60_000;

/** A reason is cut to this many characters, so that the text stays short. */
const LONGEST_REASON = 300;

/** A message of posthorn's own to somebody on call. */
export type OnCallMessage = NewMessage & { readonly request: RecipientRequest };

/** A task, as far as somebody on call is told of it. */
export interface ToldTask extends TaskKey {
  readonly tenant: string;
  readonly queue: string;
  /** ISO 8601. */
  readonly openedAt: string;
}

/** The message that tells somebody on call of a task. It is one however often it is asked for, and worth nothing after the task's time. */
export function onCallMessage(
  task: ToldTask & { readonly dueAt: string },
  onCall: OnCall,
  briefing: TaskBriefing,
): OnCallMessage {
  const { recipient, happened, tried } = briefing;
  // The mask's dots are not in the alphabet of SMS and would make the text cost twice as much.
  const whom = recipient === null ? 'the participants of a conversation' : recipient.replaceAll('•', 'x');
  const channels = [...new Set(tried.map(({ channel }) => channel))].join(', ');
  const body = [
    `Task for ${task.queue}: a message to ${whom} did not get through${channels === '' ? '' : ` (tried: ${channels})`}.`,
    `${shortened(happened)}.`,
    `Reply 1 to take it, until ${clock(task.dueAt)}. ${taskIdFor(task)}`,
  ].join('\n');
  return messageOf(onCallMessageId(task, task.openedAt), task, {
    ...addressesOf(onCall),
    content: { body, ...templateOf(task, onCall) },
    policy: ON_CALL_POLICY,
    expiresAt: task.dueAt,
    ignoreQuietHours: { reason: 'somebody is on call' },
  });
}

/** The answer to somebody on call who replied. One of each kind for a task, so that two machines never talk to each other for long. */
export function onCallAnswer(
  task: ToldTask,
  onCall: OnCall,
  answer: { readonly kind: 'taken' | 'late'; readonly body: string; readonly now: Date },
): OnCallMessage {
  return messageOf(onCallAnswerId(task, task.openedAt, answer.kind), task, {
    ...addressesOf(onCall),
    content: { body: answer.body },
    policy: ANSWER_POLICY,
    expiresAt: new Date(answer.now.getTime() + ANSWER_LIVES_MS).toISOString(),
    ignoreQuietHours: { reason: 'the recipient has just written' },
  });
}

/** The template with what it says of the task filled in. */
function templateOf(
  task: ToldTask & { readonly dueAt: string },
  { whatsappTemplate }: OnCall,
): Pick<MessageContent, 'whatsappTemplate'> {
  if (whatsappTemplate === undefined) {
    return {};
  }
  const filled = (value: string): string =>
    value
      .replaceAll('{queue}', task.queue)
      .replaceAll('{due}', clock(task.dueAt))
      .replaceAll('{task}', taskIdFor(task));
  const variables = Object.entries(whatsappTemplate.variables).map(([name, value]) => [name, filled(value)]);
  return {
    whatsappTemplate: { ...whatsappTemplate, variables: Object.fromEntries(variables) as Record<string, string> },
  };
}

/** `16:30 UTC` */
export function clock(at: string): string {
  return `${at.slice('2026-01-31T'.length, '2026-01-31T08:00'.length)} UTC`;
}

function messageOf(
  messageId: string,
  task: ToldTask,
  request: Omit<RecipientRequest, 'category' | 'metadata'>,
): OnCallMessage {
  return {
    messageId,
    workflowId: workflowIdFor(messageId),
    tenant: task.tenant,
    requestHash: requestHash(messageId),
    request: { ...request, category: 'alert', metadata: { task: taskIdFor(task) } },
  };
}

function addressesOf({ channel, from, to }: OnCall): Pick<RecipientRequest, 'to' | 'from' | 'channel'> {
  return { channel, to, ...(from === undefined ? {} : { from }) };
}

function shortened(reason: string): string {
  const sentence = reason.charAt(0).toUpperCase() + reason.slice(1);
  return sentence.length <= LONGEST_REASON ? sentence : `${sentence.slice(0, LONGEST_REASON - 3)}...`;
}
