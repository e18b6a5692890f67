import { type Knex } from 'knex';
import { type Progress } from '../message-store';
import { query } from '../rows';
import { attemptEndBindings, ENDED_AND_HEARD } from './attempt-end';
import { attemptEndNotes, entriesBinding, NOTED } from './timeline-entries';

/** A closed message keeps its status; what happens to it afterwards is noted all the same. */
const SQL = `
  with ${ENDED_AND_HEARD}, ${NOTED}
  update messages set status = :status
  where messages.message_id = :messageId and messages.status <> 'closed'`;

/** `MessageStore.recordProgress`. */
export async function recordProgress(knex: Knex, progress: Progress): Promise<void> {
  const { messageId, status, attemptEnd, heardEventIds, note } = progress;
  const entries = entriesBinding([...attemptEndNotes(attemptEnd), note]);
  await query(knex, SQL, { messageId, status, entries, ...attemptEndBindings(attemptEnd, heardEventIds) });
}
