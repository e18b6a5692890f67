import { nameOfKind, placeOfKind, SID_KINDS, type SidPrefix } from './sid-kinds';

declare const kind: unique symbol;
/** An identifier of one kind. Typed apart, so that a conversation can never stand where a message is expected. */
export type Sid<Prefix extends SidPrefix> = string & { readonly [kind]: Prefix };

export type AccountSid = Sid<'AC'>;
export type ApiKeySid = Sid<'SK'>;
export type ApplicationSid = Sid<'AP'>;
/** What articles call "conductor". */
export type ConnectAppSid = Sid<'CN'>;
export type ConversationServiceSid = Sid<'IS'>;
export type ConversationSid = Sid<'CH'>;
export type ParticipantSid = Sid<'MB'>;
export type MessageSid = Sid<'IM'>;
export type DeliveryReceiptSid = Sid<'DY'>;
export type CallSid = Sid<'CA'>;
export type MessagingServiceSid = Sid<'MG'>;
export type ChannelMessageSid = Sid<'SM' | 'MM' | 'WA'>;
export type ContentSid = Sid<'HX'>;
export type MediaSid = Sid<'ME'>;

/** Whether the text is an identifier of one of the given kinds. */
export function isSid<Prefix extends SidPrefix>(text: string, ...prefixes: readonly Prefix[]): text is Sid<Prefix> {
  return /^[A-Z]{2}[0-9a-f]{32}$/i.test(text) && prefixes.some((prefix) => text.startsWith(prefix));
}

/** The kind of an identifier; undefined when the text is none. */
export function sidPrefixOf(text: string): SidPrefix | undefined {
  const prefix = text.slice(0, 2);
  return isSidPrefix(prefix) && isSid(text, prefix) ? prefix : undefined;
}

/**
 * Says what is wrong with an identifier: what kind it looks like, what was expected, and where the former belongs.
 * The identifier itself is not repeated.
 * @returns a sentence part such as `is CH…, which is a conversation SID; a message SID starts with IM and has 32 hexadecimal digits;
 * a conversation SID belongs in …`.
 */
export function describeWrongSid(text: string, ...expected: readonly SidPrefix[]): string {
  const starts = expected.map((prefix) => `${nameOfKind(prefix)} starts with ${prefix}`).join(', ');
  const wanted = `${starts} and has 32 hexadecimal digits`;
  return describeStray(text, wanted) ?? `is not a Twilio SID; ${wanted}`;
}

/**
 * Says of an identifier where something else is expected what it is and where it belongs.
 * @param wanted what is expected, as a sentence part.
 * @returns undefined when the text is no identifier.
 */
export function describeStray(text: string, wanted: string): string | undefined {
  const prefix = sidPrefixOf(text);
  return prefix === undefined
    ? undefined
    : `is ${prefix}…, which is ${nameOfKind(prefix)}; ${wanted}; ${placeOfKind(prefix)}`;
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
