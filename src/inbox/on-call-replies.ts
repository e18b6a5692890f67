import { type OnCallReply, type TakenReply, type TaskStore } from '../database/task-store';
import { isAcknowledgement } from '../domain/acknowledge-word';
import { maskAddress } from '../domain/address';
import { type SettleReply } from '../tasks/settle-reply';
import { type AcceptInbound, type InboundText } from './accept-inbound';
import { type Background } from './background';

/** Takes down a reply of somebody on call; the same message again changes nothing. */
export type TakeOnCallReply = (reply: OnCallReply) => Promise<TakenReply | 'repeated' | undefined>;

/** The name in tasks and their history is the number behind its mask. */
export function createTakeOnCallReply(tasks: Pick<TaskStore, 'takeReply'>): TakeOnCallReply {
  return (reply) => tasks.takeReply(reply, `on-call ${maskAddress(reply.from)}`);
}

/**
 * Takes inbound messages as `acceptInbound` does, and what is none of its words as the acknowledgement of a task, if it reads like one
 * and comes from a number that was told of a task. The reply is on disk before the answer; its workflow hears of it afterwards.
 */
export function withOnCallReplies(
  acceptInbound: AcceptInbound,
  deps: {
    readonly takeReply: TakeOnCallReply;
    readonly settleReply: SettleReply;
    readonly background: Pick<Background, 'run'>;
  },
): AcceptInbound {
  return async (inbound) => {
    const result = await acceptInbound(inbound);
    const reply = result === 'no_word' ? onCallReplyOf(inbound) : undefined;
    if (reply === undefined) {
      return result;
    }
    const taken = await deps.takeReply(reply);
    if (taken === undefined || taken === 'repeated') {
      return taken ?? 'no_word';
    }
    deps.background.run(() => deps.settleReply(taken));
    return 'task_answered';
  };
}

/**
 * The acknowledgement that a message may be. Without Twilio's time an old message that is sent again could not be told from
 * a reply, and outside a conversation nobody was told of a task.
 */
export function onCallReplyOf({
  at,
  evidence,
  from,
  isDatedByTwilio,
  text,
  word,
  writtenTo,
}: InboundText): OnCallReply | undefined {
  if (word !== undefined || !isDatedByTwilio || 'sender' in writtenTo || !isAcknowledgement(text)) {
    return undefined;
  }
  return { from, conversationSid: writtenTo.conversationSid, evidence, at };
}
