import { type AttemptEnd } from '../message-store';

/**
 * Common table expressions: `ended` keeps the first result of an attempt, `heard` takes events off the relay's list.
 * It does not ask whether they are still on it: the plan of the prepared statement would read that list whole.
 */
export const ENDED_AND_HEARD = `
  ended as (
    update attempts set result = cast(:result as jsonb), ended_at = now()
    where attempts.message_id = :messageId and attempts.number = cast(:attemptNumber as integer) and attempts.ended_at is null
  ), heard as (
    update delivery_events set signal_due_at = null
    where delivery_events.event_id = any(cast(:heardEventIds as text[]))
  )`;

/** The bindings of `ENDED_AND_HEARD`, besides `messageId`. */
export function attemptEndBindings(
  end: AttemptEnd | undefined,
  heardEventIds: readonly string[],
): { attemptNumber: number | null; result: string | null; heardEventIds: readonly string[] } {
  return {
    attemptNumber: end?.number ?? null,
    result: end === undefined ? null : JSON.stringify(end.result),
    heardEventIds,
  };
}
