import {
  type ApplicationSid,
  type CallSid,
  type ChannelMessageSid,
  type ConnectAppSid,
  type ConversationSid,
  type DeliveryReceiptSid,
  type MessageSid,
  type ParticipantSid,
} from '../../domain/sid';
import { type Logger } from '../logger';

/** Identifiers as fields of a log line: the name of each says its kind. There is no room for an address or a text. */
export interface Identifiers {
  readonly messageId?: string | undefined;
  readonly attempt?: number | undefined;
  readonly workflowId?: string | undefined;
  readonly callbackId?: string | undefined;
  readonly conversationSid?: ConversationSid | undefined;
  readonly participantSid?: ParticipantSid | undefined;
  readonly messageSid?: MessageSid | undefined;
  readonly deliveryReceiptSid?: DeliveryReceiptSid | undefined;
  readonly channelMessageSid?: ChannelMessageSid | undefined;
  readonly callSid?: CallSid | undefined;
  readonly applicationSid?: ApplicationSid | undefined;
  readonly conductorSid?: ConnectAppSid | undefined;
}

/** One line for all identifiers that something has to do with, so that from any of them the others are found in the log. */
export interface IdentifierLog {
  /** They came into being: at Twilio, or here. Level `info`. */
  created(identifiers: Identifiers, what: string): void;
  /** Somebody told posthorn of them. Level `info`. */
  received(identifiers: Identifiers, what: string): void;
  /** Posthorn works with what it knows already. Level `debug`. */
  used(identifiers: Identifiers, what: string): void;
}

/** Writes identifiers to a log. What is not known is left out. */
export function createIdentifierLog(logger: Logger): IdentifierLog {
  // There is nothing to redact in `Identifiers`, and looking for it costs six times as much as the line itself.
  const lines = logger.child({}, { redact: [] });
  return {
    created: (identifiers, what) => lines.info({ identifiers: 'created', ...identifiers }, what),
    received: (identifiers, what) => lines.info({ identifiers: 'received', ...identifiers }, what),
    used: (identifiers, what) => lines.debug({ identifiers: 'used', ...identifiers }, what),
  };
}
