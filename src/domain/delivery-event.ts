import { type MessageSid, type ParticipantSid } from './sid';

/** One receipt as the inbox keeps it and the workflow hears of it: never an address, never a text. */
export interface DeliveryEvent {
  /** The inbox row; the same event has the same id however often it is told. */
  readonly eventId: string;
  readonly messageSid: MessageSid;
  readonly participantSid?: ParticipantSid;
  /** Twilio's word; words that posthorn does not know are kept as they are and decide nothing. */
  readonly status: string;
  readonly errorCode?: number;
  /** When Twilio says that it happened, ISO 8601 in UTC with milliseconds, so that it sorts as text. */
  readonly at: string;
}
