import { parseAddress } from '../domain/address';
import { type MessageChannel } from '../domain/channel';

/**
 * Reads the configured sender of a channel.
 * @returns a reader of `+…` or, for WhatsApp, also `whatsapp:+…`, that gives E.164.
 */
export function readSender(channel: MessageChannel | 'voice'): (text: string) => string {
  return (text) => {
    const address = parseAddress(text);
    if (address.channel !== undefined && address.channel !== channel) {
      throw new Error(`is a sender for ${address.channel}: write an address for ${channel}, such as +12025550100`);
    }
    return address.e164;
  };
}
