import { type Knex } from 'knex';
import { type StoredIdentifier } from '../../domain/identifier';
import { type MessageSummary } from '../message-store';
import { query, withoutNulls } from '../rows';
import { type TraceSelection } from '../trace-store';
import { SUMMARY_COLUMNS, type SummaryRow } from './message-summary';

/** A person's reply that did something to a task. */
const BY_REPLY = 'select task_history.message_id from task_history where task_history.evidence = :id';

const BY_CHANNEL_MESSAGE = `
    select attempts.message_id from delivery_events join attempts on attempts.message_sid = delivery_events.message_sid
    where delivery_events.channel_message_sid = :id
    union ${BY_REPLY}`;

/**
 * For each kind the select of the messages that an identifier belongs to, by an index each. Undefined: nothing that is stored
 * has such an identifier.
 */
const MESSAGES_OF: Readonly<Record<StoredIdentifier['kind'], string | undefined>> = {
  message: 'select cast(:id as text) as message_id',
  callback: 'select callbacks.message_id from callbacks where callbacks.callback_id = :id',
  CH: 'select attempts.message_id from attempts where attempts.conversation_sid = :id',
  MB: `
    select attempts.message_id from attempts where attempts.participant_sid = :id
    union select attempt_participants.message_id from attempt_participants where attempt_participants.participant_sid = :id`,
  IM: `select attempts.message_id from attempts where attempts.message_sid = :id union ${BY_REPLY}`,
  DY: `
    select attempts.message_id from delivery_events join attempts on attempts.message_sid = delivery_events.message_sid
    where delivery_events.delivery_receipt_sid = :id`,
  CA: `
    select attempts.message_id from attempts where attempts.call_sid = :id
    union select call_events.message_id from call_events where call_events.call_sid = :id`,
  SM: BY_CHANNEL_MESSAGE,
  MM: BY_CHANNEL_MESSAGE,
  WA: BY_CHANNEL_MESSAGE,
};

/** `TraceStore.messagesOf`. */
export async function traceMessages(
  knex: Knex,
  { id, kind }: StoredIdentifier,
  { limit, tenant }: TraceSelection,
): Promise<MessageSummary[]> {
  const found = MESSAGES_OF[kind];
  if (found === undefined) {
    return [];
  }
  const sql = `
    select ${SUMMARY_COLUMNS}
    from messages
    where messages.message_id in (${found})${tenant === undefined ? '' : ' and messages.tenant = :tenant'}
    order by messages.created_at desc, messages.message_id desc
    limit :limit`;
  const rows = await query<SummaryRow>(knex, sql, { id, limit, ...(tenant !== undefined && { tenant }) });
  return rows.map(withoutNulls);
}
