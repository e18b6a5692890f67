import { z } from 'zod';
import { RECEIPT_STATUSES } from '../entities/delivery-receipt';

/** An inbound message to play. */
export const inboundSchema = z.strictObject({
  /** The person's address, `whatsapp:` included. */
  from: z.string().min(1),
  /** The account's address that the person writes to. */
  to: z.string().min(1),
  body: z.string().max(1600),
});

/** A change of a receipt by hand: late truth, for one. */
export const receiptUpdateSchema = z.strictObject({
  messageSid: z.string().min(1),
  /** Needed only when the message went to more than one participant. */
  participantSid: z.string().min(1).optional(),
  status: z.enum(RECEIPT_STATUSES),
  errorCode: z.int().min(1).optional(),
});

export type InboundInput = z.input<typeof inboundSchema>;
export type ReceiptUpdateInput = z.input<typeof receiptUpdateSchema>;
