import { type Category } from '../../domain/category';
import { type AttemptChannel } from '../../domain/channel';
import { type MatchedAttempt } from '../inbox-store';
import { withoutNulls } from '../rows';

/** The attempt of an event, as the statements select it. */
export interface MatchRow {
  readonly messageId: string;
  readonly workflowId: string;
  readonly tenant: string;
  readonly attempt: number;
  readonly channel: AttemptChannel;
  readonly sender: string | null;
  readonly recipient: string | null;
  readonly category: Category;
  readonly isClosed: boolean;
  readonly isSuppressed: boolean;
}

/** Columns of `MatchRow`, for a select that has the tables `attempts` and `messages`, and `addressed` of `addressedBy`. */
export const MATCH_COLUMNS = `
    attempts.message_id as "messageId", messages.workflow_id as "workflowId", messages.tenant as "tenant",
    attempts.number as "attempt", coalesce(addressed.channel, attempts.channel) as "channel", addressed.sender as "sender",
    addressed.recipient as "recipient", messages.request ->> 'category' as "category",
    messages.closed_at is not null as "isClosed", exists (
      select from suppressions
      where suppressions.address = addressed.recipient and suppressions.channel = coalesce(addressed.channel, attempts.channel)
        and suppressions.lifted_at is null
    ) as "isSuppressed"`;

/**
 * A lateral join: whose receipt it is. The attempt's own recipient, a participant of the conversation that it went into, or
 * nobody whom the attempt was for; that one joined later, or shares the conversation.
 * @param participantSid SQL for the participant of the receipt.
 */
export const addressedBy = (participantSid: string): string => `
  left join lateral (
    select attempts.channel, attempts.sender, attempts.recipient
    where attempts.recipient is not null and (attempts.participant_sid = ${participantSid}) is not false
    union all
    select participant.channel, participant.sender, participant.recipient
    from attempt_participants participant
    where participant.message_id = attempts.message_id and participant.number = attempts.number
      and participant.participant_sid = ${participantSid}
  ) addressed on true`;

/** The attempt that a row has beside its event. */
export function matchOf(row: MatchRow): MatchedAttempt {
  const { messageId, workflowId, tenant, attempt, channel, sender, recipient, category, isClosed, isSuppressed } = row;
  const addresses = withoutNulls({ sender, recipient });
  const match = { messageId, workflowId, tenant, attempt, channel, ...addresses, category };
  return { ...match, ...(isClosed && { isClosed }), ...(isSuppressed && { isSuppressed }) };
}
