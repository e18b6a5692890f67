import { type TimelineEntry, type TimelineKind } from '../timeline';
import { isoTime } from '../rows';

/** What the history of tasks adds to the timeline of their message, which notes by itself that one was opened and closed. */
const KINDS = {
  told_on_call: 'task_told_on_call',
  claimed: 'task_claimed',
  noted: 'task_noted',
  given_back: 'task_given_back',
  answered_on_call: 'task_answered_on_call',
} as const satisfies Readonly<Record<string, TimelineKind>>;

/** An entry of the history, as `TASK_ENTRIES_COLUMN` has it. */
export interface TaskEntryJson {
  readonly step: number;
  readonly kind: keyof typeof KINDS;
  readonly at: string;
}

/** Column `taskEntries`, a list of `TaskEntryJson`, for a select that has the table `messages`. */
export const TASK_ENTRIES_COLUMN = `
    (select coalesce(jsonb_agg(jsonb_build_object('step', happened.step, 'kind', happened.kind, 'at', happened.at)
        order by happened.entry_id), '[]')
      from task_history happened
      where happened.message_id = messages.message_id
        and happened.kind in (${Object.keys(KINDS)
          .map((kind) => `'${kind}'`)
          .join(', ')})) as "taskEntries"`;

/** What happened to a task, in the timeline: without names and notes. */
export function taskEntry({ at, kind, step }: TaskEntryJson): TimelineEntry {
  return { at: isoTime(at), kind: KINDS[kind], detail: { step } };
}
