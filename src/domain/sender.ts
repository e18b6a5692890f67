import { type MessageChannel } from './channel';

/** The configured senders, E.164. */
export type Senders = Readonly<Partial<Record<MessageChannel, string | undefined>>>;

/** The environment variable with the sender of each channel. */
const SENDER_VARIABLES: Readonly<Record<MessageChannel, string>> = {
  sms: 'TWILIO_FROM',
  whatsapp: 'TWILIO_WHATSAPP_FROM',
};

/** Neither the message nor the configuration names a sender. */
export class MissingSenderError extends Error {
  override readonly name = 'MissingSenderError';

  constructor(channel: MessageChannel) {
    super(`no sender is known for ${channel}: give from, or set ${SENDER_VARIABLES[channel]}`);
  }
}

/**
 * The sender of a message, E.164: the one that the request names, else the one configured for its channel.
 * @throws MissingSenderError when there is neither.
 */
export function resolveSender(
  message: { readonly from?: string | undefined; readonly channel: MessageChannel },
  senders: Senders,
): string {
  const sender = message.from ?? senders[message.channel];
  if (sender === undefined) {
    throw new MissingSenderError(message.channel);
  }
  return sender;
}
