/**
 * Twilio's identifiers by kind: two letters and 32 hexadecimal digits.
 * Typed apart, so that a conversation can never stand where a message is expected.
 * Source: https://www.twilio.com/docs/glossary/what-is-a-sid
 */
export const SID_KINDS = {
  AC: 'account',
  SK: 'API key',
  AP: 'application',
  CN: 'connect app',
  IS: 'conversation service',
  CH: 'conversation',
  MB: 'participant',
  IM: 'message',
  DY: 'delivery receipt',
  CA: 'call',
  CF: 'conference',
  MG: 'messaging service',
  PN: 'phone number',
  SM: 'SMS channel message',
  MM: 'MMS channel message',
  WA: 'WhatsApp channel message',
  HX: 'content template',
  ME: 'media',
  WH: 'webhook',
  US: 'user',
  RL: 'role',
} as const;

export type SidPrefix = keyof typeof SID_KINDS;

declare const kind: unique symbol;
export type Sid<Prefix extends SidPrefix> = string & { readonly [kind]: Prefix };

export type AccountSid = Sid<'AC'>;
export type ApiKeySid = Sid<'SK'>;
export type ConversationServiceSid = Sid<'IS'>;
export type ConversationSid = Sid<'CH'>;
export type ParticipantSid = Sid<'MB'>;
export type MessageSid = Sid<'IM'>;
export type DeliveryReceiptSid = Sid<'DY'>;
export type MessagingServiceSid = Sid<'MG'>;
export type ContentSid = Sid<'HX'>;
export type MediaSid = Sid<'ME'>;
export type ChannelMessageSid = Sid<'SM' | 'MM' | 'WA'>;

/** Whether the text is an identifier of one of the given kinds. */
export function isSid<Prefix extends SidPrefix>(text: string, ...prefixes: readonly Prefix[]): text is Sid<Prefix> {
  return /^[A-Z]{2}[0-9a-f]{32}$/i.test(text) && prefixes.some((prefix) => text.startsWith(prefix));
}

/**
 * Says what is wrong with an identifier, what kind it looks like, and what was expected.
 * @returns a sentence part such as `is CH…, a conversation SID; a message SID starts with IM and has 32 hexadecimal digits`.
 */
export function describeWrongSid(text: string, ...expected: readonly SidPrefix[]): string {
  const wanted = expected
    .map((prefix) => `${article(SID_KINDS[prefix])} ${SID_KINDS[prefix]} SID starts with ${prefix}`)
    .join(', ');
  const prefix = text.slice(0, 2);
  const looksLike =
    isSidPrefix(prefix) && isSid(text, prefix)
      ? `is ${prefix}…, ${article(SID_KINDS[prefix])} ${SID_KINDS[prefix]} SID`
      : 'is not a Twilio SID';
  return `${looksLike}; ${wanted} and has 32 hexadecimal digits`;
}

/**
 * Reads an identifier of the given kind.
 * @throws TypeError that names the kind that was expected and the kind that it looks like.
 */
export function parseSid<Prefix extends SidPrefix>(text: string, ...prefixes: readonly Prefix[]): Sid<Prefix> {
  if (!isSid(text, ...prefixes)) {
    throw new TypeError(`the identifier ${describeWrongSid(text, ...prefixes)}`);
  }
  return text;
}

function isSidPrefix(text: string): text is SidPrefix {
  return Object.hasOwn(SID_KINDS, text);
}

function article(noun: string): string {
  return /^(?!user)[aeiou]|^(SMS|MMS)/i.test(noun) ? 'an' : 'a';
}
