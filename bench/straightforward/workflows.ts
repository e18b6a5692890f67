import { defineSearchAttributeKey } from '@temporalio/common';
import { condition, proxyActivities, setHandler, upsertSearchAttributes, workflowInfo } from '@temporalio/workflow';
import { type StraightforwardActivities } from './activities';
import { type StraightforwardMessage, statusSignal } from './contract';

const activities = proxyActivities<StraightforwardActivities>({ startToCloseTimeout: '45s' });

/** One of posthorn's own: a namespace has only so many, and an upsert costs the same whatever its name is. */
const STATUS = defineSearchAttributeKey('PosthornStatus', 'KEYWORD');

const FINAL: readonly string[] = ['delivered', 'read', 'undelivered', 'failed'];

/**
 * Sends a message and follows it, written as one does at first: an activity for each step, a signal for each status,
 * and the status in a search attribute whenever it changes.
 */
export async function sendMessage(message: StraightforwardMessage): Promise<string> {
  const { workflowId } = workflowInfo();
  const statuses: string[] = [];
  setHandler(statusSignal, ({ status }) => {
    statuses.push(status);
    show(status);
  });
  show('sending');
  await activities.recordMessage(workflowId, message);
  if (await activities.isOptedOut(message.to)) {
    return await end(workflowId, 'opted_out');
  }
  const conversation = await activities.findOrMakeConversation(message);
  if (conversation.isNew) {
    await activities.addParticipant(conversation.conversationSid, message);
  }
  const messageSid = await activities.createMessage(conversation.conversationSid, message.body);
  await activities.storeSid(workflowId, messageSid);
  const finalStatus = (): string | undefined => statuses.find((status) => FINAL.includes(status));
  await condition(() => finalStatus() !== undefined, '10m');
  return await end(workflowId, finalStatus() ?? 'timed_out');
}

async function end(workflowId: string, outcome: string): Promise<string> {
  await activities.recordOutcome(workflowId, outcome);
  return outcome;
}

function show(status: string): void {
  upsertSearchAttributes([{ key: STATUS, value: status }]);
}
