/** The operations of the simulated API, by which faults are placed. */
export const OPERATIONS = [
  'configuration.fetch',
  'configuration.update',
  'account.fetch',
  'incomingPhoneNumbers.list',
  'applications.fetch',
  'connectApps.fetch',
  'messagingServices.fetch',
  'messagingServiceNumbers.list',
  'channelSenders.list',
  'accountWebhooks.fetch',
  'accountWebhooks.update',
  'services.create',
  'services.list',
  'services.fetch',
  'serviceWebhooks.fetch',
  'serviceWebhooks.update',
  'conversations.create',
  'conversations.list',
  'conversations.fetch',
  'conversations.update',
  'conversations.delete',
  'participants.create',
  'participants.list',
  'participants.fetch',
  'participants.update',
  'participants.delete',
  'messages.create',
  'messages.list',
  'messages.fetch',
  'receipts.list',
  'receipts.fetch',
  'participantConversations.list',
  'calls.create',
  'calls.list',
  'calls.fetch',
  'calls.update',
] as const;

export type Operation = (typeof OPERATIONS)[number];

/** Operations whose requests belong to an address: by their own field, or by the conversation or the call they are about. */
const ADDRESSED =
  /^(participants|messages|receipts|participantConversations|calls)\.|^conversations\.(fetch|update|delete)$/;

/** Whether a request for the operation can be matched by an address. */
export function hasAddress(operation: Operation): boolean {
  return ADDRESSED.test(operation);
}
