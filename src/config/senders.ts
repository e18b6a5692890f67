import { parseAddress } from '../domain/address';
import { type ReachChannel } from '../domain/channel';
import { type SenderPool, type Senders } from '../domain/sender';

/**
 * Reads the configured sender of a channel.
 * @returns a reader of `+…` or, for WhatsApp, also `whatsapp:+…`, that gives E.164.
 */
export function readSender(channel: ReachChannel): (text: string) => string {
  return (text) => {
    const address = parseAddress(text);
    if (address.channel !== undefined && address.channel !== channel) {
      throw new Error(`is a sender for ${address.channel}: write an address for ${channel}, such as +12025550100`);
    }
    return address.e164;
  };
}

interface SenderVariables {
  readonly TWILIO_FROM?: string | undefined;
  readonly TWILIO_WHATSAPP_FROM?: string | undefined;
  readonly TWILIO_VOICE_FROM?: string | undefined;
  readonly POSTHORN_SENDERS: readonly SenderPool[];
}

/** The part of a configuration that says whom messages and calls come from. */
export function configuredSenders(read: SenderVariables): Senders {
  const fixed = { sms: read.TWILIO_FROM, whatsapp: read.TWILIO_WHATSAPP_FROM, voice: read.TWILIO_VOICE_FROM };
  return read.POSTHORN_SENDERS.length === 0 ? fixed : { ...fixed, pools: read.POSTHORN_SENDERS };
}
