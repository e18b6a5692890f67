import { DECIDING_STATUSES } from '../../domain/delivery-state';

/**
 * Whether Twilio has an attempt (a row of `attempts`) that no receipt has decided, or that is undecided for a participant of a
 * conversation. Takes `UNDECIDED_BINDINGS`.
 */
export const IS_UNDECIDED = `
  attempts.message_sid is not null and (not exists (
    select from delivery_events
    where delivery_events.message_sid = attempts.message_sid and delivery_events.status = any(cast(:deciding as text[])))
  or exists (
    select from attempt_participants
    where attempt_participants.message_id = attempts.message_id and attempt_participants.number = attempts.number
      and not exists (
        select from delivery_events
        where delivery_events.message_sid = attempts.message_sid
          and delivery_events.participant_sid = attempt_participants.participant_sid
          and delivery_events.status = any(cast(:deciding as text[])))))`;

/** The bindings of `IS_UNDECIDED`. */
export const UNDECIDED_BINDINGS = { deciding: DECIDING_STATUSES };

/**
 * Whether nobody knows if Twilio has the message of an attempt that has ended: its last create was begun, nobody has its SID, and it was not refused.
 * @param result SQL for the attempt's result, which the statement itself may be about to write.
 */
export const isLostFromSight = (result: string): string => `
  attempts.message_sid is null and attempts.open_create is not null and attempts.conversation_sid is not null
    and ${result} ->> 'kind' in ('ambiguous', 'canceled')`;
