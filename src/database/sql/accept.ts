import { type Knex } from 'knex';
import { type MessageStatus, statusAtAcceptance } from '../../domain/message-status';
import { type Acceptance, type NewMessage } from '../message-store';
import { queryOne } from '../rows';
import { messageBindings } from './message-bindings';

interface Row {
  readonly isNew: boolean;
  readonly isSame: boolean;
  readonly status: MessageStatus;
  readonly isStarted: boolean;
  readonly redrives: number;
}

/**
 * The update that changes nothing makes a repetition return the row that is there, even one that was committed a moment ago:
 * after `do nothing` the statement's snapshot would not show it. `xmax` is 0 only in a row that this statement inserted.
 */
const SQL = `
  with accepted as (
    insert into messages (message_id, workflow_id, tenant, request_hash, request, status)
    values (:messageId, :workflowId, :tenant, :requestHash, cast(:request as jsonb), :status)
    on conflict (message_id) do update set status = messages.status
    returning messages.message_id, messages.tenant, messages.request_hash, messages.status, messages.started_at, messages.redrives,
      messages.xmax = 0 as is_new
  ), noted as (
    insert into timeline (message_id, entry_key, kind, detail)
    select accepted.message_id, 'accepted', 'accepted', '{}' from accepted where accepted.is_new
  )
  select accepted.is_new as "isNew",
    accepted.request_hash = :requestHash and accepted.tenant = :tenant as "isSame",
    accepted.status as "status",
    accepted.started_at is not null as "isStarted",
    accepted.redrives as "redrives"
  from accepted`;

/** `MessageStore.accept`. */
export async function accept(knex: Knex, message: NewMessage): Promise<Acceptance> {
  const row = await queryOne<Row>(knex, SQL, {
    ...messageBindings(message),
    status: statusAtAcceptance(message.request),
  });
  if (!row.isSame) {
    return { kind: 'conflict' };
  }
  const { isNew, isStarted, redrives, status } = row;
  return isNew
    ? { kind: 'accepted' }
    : { kind: 'replayed', status, isStarted, ...(redrives > 0 && { redrive: redrives }) };
}
