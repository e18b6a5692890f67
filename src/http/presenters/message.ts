import { type MessageRecord, type MessageSummary } from '../../database/message-store';
import { type TimelineEntry } from '../../database/timeline';
import { type MessageStatus } from '../../domain/message-status';
import { type OptOutCode } from '../../domain/opt-out-code';
import { messageLinks, type MessageLinks } from '../message-path';
import { type AttemptView, presentAttempt } from './attempt';
import { type CorrectionView, presentCorrection } from './correction';
import { type OutcomeView, presentOutcome } from './outcome';

/** A message in a list. */
export interface MessageSummaryView {
  readonly id: string;
  readonly workflowId: string;
  readonly status: MessageStatus;
  readonly outcome: OutcomeView | null;
  readonly to: string;
  readonly channel: string;
  readonly category: string;
  readonly metadata: Readonly<Record<string, string>>;
  readonly createdAt: string;
  readonly links: MessageLinks;
}

/** `at`, `kind`, where it concerns one the number of the attempt, and what the kind tells. */
export type TimelineView = Readonly<Record<string, string | number | boolean>>;

/** A message with its whole story. */
export interface MessageView extends MessageSummaryView {
  readonly attempts: readonly AttemptView[];
  /** What the outcome was before late receipts corrected it, oldest first; empty when nothing was corrected. */
  readonly corrections: readonly CorrectionView[];
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
}: MessageSummary): MessageSummaryView {
  const { to, channel, category, metadata } = request;
  return {
    id: messageId,
    workflowId,
    status,
    outcome: outcome === undefined ? null : presentOutcome(outcome),
    to,
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
    attempts: message.attempts.map((attempt) => presentAttempt(attempt, optOutCodes)),
    corrections: message.corrections.map(presentCorrection),
    timeline: message.timeline.map(presentEntry),
  };
}

function presentEntry({ at, kind, attempt, detail }: TimelineEntry): TimelineView {
  return { ...detail, at, kind, ...(attempt === undefined ? {} : { attempt }) };
}
