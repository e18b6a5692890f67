import { type RequestTimes } from './request-times';

/** Where a message is on its way. */
export const MESSAGE_STATUSES = [
  'scheduled',
  'held',
  'sending',
  'awaiting_receipt',
  'backing_off',
  'escalating',
  'closed',
] as const;
export type MessageStatus = (typeof MESSAGE_STATUSES)[number];

/** Where a message is before anything has happened to it: the same for a request and all its repetitions. */
export function statusAtAcceptance({ sendAt }: RequestTimes): Extract<MessageStatus, 'scheduled' | 'sending'> {
  return sendAt === undefined ? 'sending' : 'scheduled';
}
