import { type MessageChannel } from '../domain/channel';

const WHATSAPP_PREFIX = 'whatsapp:';

/** An address as Twilio writes it: plain E.164 for SMS, `whatsapp:+…` for WhatsApp, for senders and recipients alike. */
export function toTwilioAddress(channel: MessageChannel, address: string): string {
  return channel === 'whatsapp' ? `${WHATSAPP_PREFIX}${address}` : address;
}

/**
 * The channel and the plain address of what Twilio writes.
 * @returns undefined for an address of another channel, such as `messenger:…`.
 */
export function fromTwilioAddress(
  twilioAddress: string,
): { readonly channel: MessageChannel; readonly address: string } | undefined {
  if (twilioAddress.startsWith(WHATSAPP_PREFIX)) {
    return { channel: 'whatsapp', address: twilioAddress.slice(WHATSAPP_PREFIX.length) };
  }
  return twilioAddress.includes(':') ? undefined : { channel: 'sms', address: twilioAddress };
}
