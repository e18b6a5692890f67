/** The statuses that a receipt can have once the message has left Twilio. */
export const RECEIPT_STATUSES = ['sent', 'delivered', 'read', 'failed', 'undelivered'] as const;

export type ReceiptStatus = (typeof RECEIPT_STATUSES)[number];

/** How one message fared with one participant. Only the latest status is kept, as at Twilio. */
export interface DeliveryReceipt {
  readonly deliveryReceiptSid: string;
  readonly messageSid: string;
  readonly conversationSid: string;
  readonly participantSid: string;
  /** The carrier's leg: SM… or WA…. */
  readonly channelMessageSid: string;
  /** Null while the message is still inside Twilio. */
  status: ReceiptStatus | null;
  errorCode: number | null;
  readonly createdAt: Date;
  updatedAt: Date;
}
