import { createHash } from 'node:crypto';
import { type AttemptEnd } from '../message-store';
import { type TimelineNote } from '../timeline';

/** The common table expression `noted`, which writes the entries of the binding `entries`; each is written once per message. */
export const NOTED = `
  noted as (
    insert into timeline (message_id, entry_key, kind, attempt, detail)
    select :messageId, entry.entry_key, entry.kind, entry.attempt, entry.detail
    from jsonb_to_recordset(cast(:entries as jsonb)) as entry (entry_key text, kind text, attempt integer, detail jsonb)
    on conflict do nothing
  )`;

/**
 * The binding `entries` of `NOTED`.
 * @param occasion tells a note that concerns no attempt from the same note of another time: a redrive's number, a task's opening.
 */
export function entriesBinding(notes: readonly TimelineNote[], occasion: string | number = ''): string {
  return JSON.stringify(notes.map((note) => ({ ...note, entry_key: entryKey(note) + suffixOf(note, occasion) })));
}

/** Attempts are counted on over all redrives, so their notes need none. */
function suffixOf({ attempt }: TimelineNote, occasion: string | number): string {
  return attempt !== undefined || occasion === '' || occasion === 0 ? '' : `@${occasion}`;
}

/** How the end of an attempt stands in the timeline; nothing when none ended. */
export function attemptEndNotes(end: AttemptEnd | undefined): TimelineNote[] {
  if (end === undefined) {
    return [];
  }
  const { kind: result, ...rest } = end.result;
  const { outcome, status, errorCode, errorClass } = rest as Readonly<Record<string, string | number>>;
  const detail = {
    result,
    ...(outcome !== undefined && { outcome }),
    ...(status !== undefined && { status }),
    ...(errorCode !== undefined && { errorCode }),
    ...(errorClass !== undefined && { errorClass }),
  };
  return [{ kind: 'attempt_ended', attempt: end.number, detail }];
}

/** The same note has the same key, so telling it again adds nothing. An attempt ends once and a message closes once, whatever is told. */
function entryKey({ kind, attempt, detail }: TimelineNote): string {
  if (kind === 'attempt_ended' || kind === 'closed') {
    return attempt === undefined ? kind : `${kind}:${attempt}`;
  }
  const facts = JSON.stringify(Object.entries(detail).sort(([a], [b]) => (a < b ? -1 : 1)));
  return `${kind}:${attempt ?? ''}:${createHash('sha256').update(facts).digest('base64url').slice(0, 16)}`;
}
