import { type ReachChannel } from './channel';

/** The configured senders, E.164. */
export type Senders = Readonly<Partial<Record<ReachChannel, string | undefined>>>;

/** The environment variable with the sender of each channel. */
const SENDER_VARIABLES: Readonly<Record<ReachChannel, string>> = {
  sms: 'TWILIO_FROM',
  whatsapp: 'TWILIO_WHATSAPP_FROM',
  voice: 'TWILIO_VOICE_FROM',
};

/** Neither the message nor the configuration names a sender. */
export class MissingSenderError extends Error {
  override readonly name = 'MissingSenderError';

  constructor(channel: ReachChannel) {
    super(`no sender is known for ${channel}: give from, or set ${SENDER_VARIABLES[channel]}`);
  }
}

/**
 * The sender of a message or a call, E.164: the one that the request names, else the one configured for its channel.
 * @throws MissingSenderError when there is neither.
 */
export function resolveSender(
  message: { readonly from?: string | undefined; readonly channel: ReachChannel },
  senders: Senders,
): string {
  const sender = message.from ?? senders[message.channel];
  if (sender === undefined) {
    throw new MissingSenderError(message.channel);
  }
  return sender;
}
