import { createHash } from 'node:crypto';

/** 128 bits are enough to tell addresses apart. */
const HASH_CHARACTERS = 32;

/**
 * What stands for an address in the log file: the same address has the same hash wherever it is computed.
 * @param address E.164, without the prefix by which Twilio names the channel.
 */
export function addressHash(address: string): string {
  return createHash('sha256').update(address).digest('hex').slice(0, HASH_CHARACTERS);
}

/** The hash of an address as Twilio writes it, `whatsapp:+…` included. */
export function twilioAddressHash(twilioAddress: string): string {
  return addressHash(twilioAddress.slice(twilioAddress.indexOf(':') + 1));
}
