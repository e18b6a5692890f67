import { type DeliveryEvent } from '../../domain/delivery-event';
import { type MessageSid, type ParticipantSid } from '../../domain/sid';
import { withoutNulls } from '../rows';

/** A delivery event as the statements select it. */
export interface DeliveryEventRow {
  readonly eventId: string;
  readonly messageSid: MessageSid;
  readonly participantSid: ParticipantSid | null;
  readonly status: string;
  readonly errorCode: number | null;
  readonly at: string;
}

/** Columns of `DeliveryEventRow`, for a select that has the table `delivery_events`. */
export const DELIVERY_EVENT_COLUMNS = `
    delivery_events.event_id as "eventId", delivery_events.message_sid as "messageSid",
    delivery_events.participant_sid as "participantSid", delivery_events.status as "status",
    delivery_events.error_code as "errorCode", delivery_events.at as "at"`;

/** The event that a row has, whatever else is in it. */
export function deliveryEvent({
  eventId,
  messageSid,
  participantSid,
  status,
  errorCode,
  at,
}: DeliveryEventRow): DeliveryEvent {
  return withoutNulls({ eventId, messageSid, participantSid, status, errorCode, at });
}
