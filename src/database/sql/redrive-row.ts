import { type Outcome } from '../../domain/outcome';
import { type Redrive } from '../message-store';
import { isoTime } from '../rows';
import { type TimelineEntry } from '../timeline';

/** A row of `redrives` as JSON. */
export interface RedriveJson {
  readonly number: number;
  readonly redriven_by: string;
  readonly was: Outcome;
  readonly at: string;
}

/**
 * Column `redrives`, a list of `RedriveJson`, oldest first, for a select that has the table `messages`, which has a column
 * of the same name as the table.
 */
export const REDRIVES_COLUMN = `
    (select coalesce(jsonb_agg(to_jsonb(made) order by made.number), '[]')
      from redrives made where made.message_id = messages.message_id) as "redrives"`;

/** A redrive as the domain sees it. */
export function redriveOf({ at, number, redriven_by: by, was }: RedriveJson): Redrive {
  return { number, by, was, at: isoTime(at) };
}

/** A redrive in the timeline, with the outcome that the message had until then. */
export function redriveEntry({ at, by, number, was }: Redrive): TimelineEntry {
  const { attempt, errorCode, kind, reason } = was;
  const error = errorCode === undefined ? {} : { errorCode };
  return { at, kind: 'redriven', detail: { number, by, was: kind, afterAttempt: attempt, ...error, reason } };
}
