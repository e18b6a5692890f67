import { type AttemptResult } from './attempt-result';
import { type AttemptChannel, type StepChannel } from './channel';
import { type TaskBriefing, type TaskClosing } from './human-task';
import { type MessageStatus } from './message-status';
import { type Outcome, OUTCOME_KINDS, type OutcomeKind } from './outcome';
import { type CallSid, type ConversationSid, type MessageSid, type ParticipantSid } from './sid';

/** The type of the callback that tells how a message ended. */
export function endCallbackType<Kind extends OutcomeKind>(kind: Kind): `message.${Kind}` {
  return `message.${kind}`;
}

/** Everything that a caller is told of, in the order in which it usually happens. */
export const CALLBACK_TYPES = [
  'message.held',
  'message.sent',
  'message.retrying',
  'message.escalated',
  'task.opened',
  'task.acknowledged',
  'task.expired',
  'task.not_needed',
  ...OUTCOME_KINDS.map(endCallbackType),
  'message.outcome_corrected',
] as const;
export type CallbackType = (typeof CALLBACK_TYPES)[number];

/** Whether a callback still has to be told, was taken by the caller, or was given up. */
export const CALLBACK_STATUSES = ['pending', 'delivered', 'dead'] as const;
export type CallbackStatus = (typeof CALLBACK_STATUSES)[number];

/** Which attempt a callback is about. */
export interface CallbackAttempt {
  readonly number: number;
  readonly channel: AttemptChannel;
  readonly conversationSid?: ConversationSid;
  readonly participantSid?: ParticipantSid;
  readonly messageSid?: MessageSid;
  /** Of an attempt that is a call. */
  readonly callSid?: CallSid;
}

/** A human step. The team's own tool is also told the briefing when the task opens, and the closing when it closes. */
export interface TaskFacts extends Partial<TaskBriefing> {
  readonly id?: string;
  readonly step: number;
  readonly queue: string;
  /** The queue that was asked before, in vain. */
  readonly cameFrom?: string;
  /** ISO 8601: until when it waits. */
  readonly dueAt?: string;
  readonly closing?: TaskClosing;
}

/** What was true when it happened: written down with the change, so that a late or repeated telling says the same. No text, and no address but a masked one for a team's tool. */
export interface CallbackFacts {
  /** Of the message. */
  readonly status: MessageStatus;
  readonly attempt?: CallbackAttempt;
  /** How that attempt ended, when this is told of its end. */
  readonly result?: AttemptResult;
  readonly outcome?: Outcome;
  /** How long posthorn waits before it tries again, in milliseconds. */
  readonly delayMs?: number;
  /** Until when the message is held, ISO 8601, and why. */
  readonly hold?: { readonly until: string; readonly because: string };
  /** With `participantSid` and `child` when a participant of a conversation was not reached and has a message of its own now. */
  readonly escalation?: {
    readonly step: number;
    readonly channel: StepChannel;
    readonly reason: string;
    readonly participantSid?: ParticipantSid;
    readonly child?: string;
  };
  readonly correction?: { readonly was: Outcome; readonly is: Outcome; readonly because: string };
  readonly task?: TaskFacts;
}
