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
