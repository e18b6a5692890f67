import { type MessageStore, type NewAttempt, type NewMessage } from '../src/database/message-store';
import { type OptOutCode } from '../src/domain/opt-out-code';
import { type QuietHoursRow } from '../src/domain/quiet-hours-table';
import { type MessageContent } from '../src/domain/send-request';
import { type AddressMarker } from '../src/inbox/address-marker';
import { type AttemptKey, type TwilioGateway } from '../src/twilio/gateway';

export interface HandOverDependencies {
  readonly gateway: TwilioGateway;
  readonly messages: Pick<MessageStore, 'beginAttempt' | 'recordCreated' | 'withdrawCreate'>;
  readonly markAddress: AddressMarker;
  readonly optOutCodes: readonly OptOutCode[];
  /** Pauses before each look for the message of an earlier try; Twilio's list may lag behind a create. */
  readonly lookUpDelaysMs: readonly number[];
  /** How long one request to Twilio can take, in milliseconds. */
  readonly requestTimeoutMs: number;
  /** Rows of POSTHORN_QUIET_HOURS. */
  readonly quietHours: readonly QuietHoursRow[];
  /** What time it is, in milliseconds since 1970. */
  readonly now: () => number;
}

/** What is proved so far, for the case that this try fails. */
export interface Trail {
  mayBeAtTwilio: boolean;
  /** The create of this try, from its beginning until it is answered. */
  createId?: string;
}

/** What is to be handed to Twilio. */
export interface Handover {
  readonly message: NewMessage;
  readonly attempt: NewAttempt;
  readonly content: MessageContent;
  /** Somebody has let it out of quiet hours. */
  readonly isReleased?: true;
}

export function keyOf({ message, attempt }: Pick<Handover, 'message' | 'attempt'>): AttemptKey {
  return { messageId: message.messageId, attempt: attempt.number };
}
