import { type MessageChannel } from './channel';
import { type DeliveryState } from './delivery-state';
import { type Outcome } from './outcome';
import { type ParticipantSid } from './sid';

/** Somebody in a conversation whom Twilio writes to outside its own chat. */
export interface Participant {
  readonly participantSid: ParticipantSid;
  readonly channel: MessageChannel;
  /** The ledger had an opt-out of this participant before the send. */
  readonly isOptedOut: boolean;
}

/** What is known of one participant of a message into a conversation. */
export interface ParticipantFacts extends Participant {
  /** What all receipts about this participant add up to. */
  readonly state: DeliveryState;
  /** What the child message came to that was sent to this participant alone; absent without one, or while it is open. */
  readonly childOutcome?: Outcome;
}
