import { type DeliveryReceipt } from './delivery-receipt';

/** Where a message came from, as webhooks name it in `Source`. */
export type MessageSource = 'API' | 'SMS' | 'WHATSAPP';

/** A message of a conversation with its receipts, one for each participant that it went out to. */
export interface Message {
  readonly messageSid: string;
  readonly conversationSid: string;
  readonly index: number;
  readonly author: string;
  readonly body: string | null;
  /** JSON text. */
  readonly attributes: string;
  readonly contentSid: string | null;
  readonly participantSid: string | null;
  readonly source: MessageSource;
  readonly createdAt: Date;
  /** Milliseconds since the epoch from which on lists show it; fetching it works before. */
  readonly listedFromMs: number;
  readonly receipts: DeliveryReceipt[];
}
