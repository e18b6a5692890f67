import { type MessageRecord, type MessageSummary } from '../../database/message-store';
import { type TimelineEntry } from '../../database/timeline';
import { type MessageStatus } from '../../domain/message-status';
import { type OptOutCode } from '../../domain/opt-out-code';
import { messageLinks, type MessageLinks } from '../message-path';
import { type AttemptView, presentAttempt } from './attempt';
import { type CorrectionView, presentCorrection } from './correction';
import { type DeadView, presentDead } from './dead';
import { type ChildView, type ParentView, presentChild, presentParent } from './family';
import { type OutcomeView, presentOutcome } from './outcome';
import { presentRedrive, type RedriveView } from './redrive';
import { presentTimes, type TimesView } from './times';

/** A message in a list. */
export interface MessageSummaryView {
  readonly id: string;
  readonly workflowId: string;
  readonly status: MessageStatus;
  readonly outcome: OutcomeView | null;
  /** Present when the message ended for a reason of ours: what to mend before it is redriven. */
  readonly dead: DeadView | null;
  /** Null for a message into a conversation. */
  readonly to: string | null;
  readonly conversationSid: string | null;
  /** The message that did not reach a participant of its conversation, when this one is for that participant alone. */
  readonly parent: ParentView | null;
  readonly channel: string;
  readonly category: string;
  readonly metadata: Readonly<Record<string, string>>;
  readonly createdAt: string;
  readonly links: MessageLinks;
}

/** `at`, `kind`, where it concerns one the number of the attempt, and what the kind tells. */
export type TimelineView = Readonly<Record<string, string | number | boolean>>;

/** A message with its whole story. */
export interface MessageView extends MessageSummaryView, TimesView {
  readonly attempts: readonly AttemptView[];
  /** What the outcome was before late receipts corrected it, oldest first; empty when nothing was corrected. */
  readonly corrections: readonly CorrectionView[];
  /** How the message had ended before it was redriven, oldest first. */
  readonly redrives: readonly RedriveView[];
  /** Messages to single participants that this one did not reach, oldest first. */
  readonly children: readonly ChildView[];
  readonly timeline: readonly TimelineView[];
}

/** Shows a message in a list. The text is not repeated: the caller has it. */
export function presentSummary({
  messageId,
  workflowId,
  status,
  outcome,
  request,
  createdAt,
  childOf,
}: MessageSummary): MessageSummaryView {
  const { to = null, conversationSid = null, channel, category, metadata } = request;
  return {
    id: messageId,
    workflowId,
    status,
    outcome: outcome === undefined ? null : presentOutcome(outcome),
    dead: outcome === undefined ? null : presentDead(outcome),
    to,
    conversationSid,
    parent: childOf === undefined ? null : presentParent(childOf),
    channel,
    category,
    metadata,
    createdAt,
    links: messageLinks(messageId),
  };
}

/** Shows a message with its attempts and timeline. */
export function presentMessage(message: MessageRecord, optOutCodes: readonly OptOutCode[]): MessageView {
  return {
    ...presentSummary(message),
    ...presentTimes(message),
    attempts: message.attempts.map((attempt) => presentAttempt(attempt, optOutCodes, message.children)),
    corrections: message.corrections.map(presentCorrection),
    redrives: message.redrives.map(presentRedrive),
    children: message.children.map(presentChild),
    timeline: message.timeline.map(presentEntry),
  };
}

function presentEntry({ at, kind, attempt, detail }: TimelineEntry): TimelineView {
  return { ...detail, at, kind, ...(attempt === undefined ? {} : { attempt }) };
}
