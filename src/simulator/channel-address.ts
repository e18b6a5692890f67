/** The channel an address belongs to, as Twilio names it in `messaging_binding.type`. */
export type ChannelType = 'sms' | 'whatsapp';

const WHATSAPP_PREFIX = 'whatsapp:';
const E164 = /^\+[1-9]\d{6,14}$/;

/** The channel that the form of an address says; whether it is valid is another question. */
export function channelOf(address: string): ChannelType {
  return address.startsWith(WHATSAPP_PREFIX) ? 'whatsapp' : 'sms';
}

/** Whether the text is `+` and digits in E.164 form, and nothing else. */
export function isPhoneNumber(text: string): boolean {
  return E164.test(text);
}

/** Whether the text is `+` and digits in E.164 form, with or without `whatsapp:` in front. */
export function isChannelAddress(address: string): boolean {
  return E164.test(address.startsWith(WHATSAPP_PREFIX) ? address.slice(WHATSAPP_PREFIX.length) : address);
}
