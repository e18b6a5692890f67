import { type Category } from '../../domain/category';
import { type MessageChannel } from '../../domain/channel';
import { type MatchedAttempt } from '../inbox-store';

/** The attempt of an event, as the statements select it. */
export interface MatchRow {
  readonly messageId: string;
  readonly workflowId: string;
  readonly tenant: string;
  readonly attempt: number;
  readonly channel: MessageChannel;
  readonly sender: string;
  readonly recipient: string;
  readonly category: Category;
  readonly isClosed: boolean;
}

/** Columns of `MatchRow`, for a select that has the tables `attempts` and `messages`. */
export const MATCH_COLUMNS = `
    attempts.message_id as "messageId", messages.workflow_id as "workflowId", messages.tenant as "tenant",
    attempts.number as "attempt", attempts.channel as "channel", attempts.sender as "sender",
    attempts.recipient as "recipient", messages.request ->> 'category' as "category",
    messages.closed_at is not null as "isClosed"`;

/** The attempt that a row has beside its event. */
export function matchOf(row: MatchRow): MatchedAttempt {
  const { messageId, workflowId, tenant, attempt, channel, sender, recipient, category, isClosed } = row;
  const match = { messageId, workflowId, tenant, attempt, channel, sender, recipient, category };
  return isClosed ? { ...match, isClosed } : match;
}
