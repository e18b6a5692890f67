/** What is known of one kind of Twilio's identifiers. */
export interface SidKind {
  /** As in "a conversation SID". */
  readonly name: string;
  /** Of the name. */
  readonly article: 'a' | 'an';
  /**
   * Where posthorn expects this kind: variables of the environment, fields of a request, arguments of commands.
   * Empty for kinds that posthorn asks for nowhere.
   */
  readonly belongsTo: readonly string[];
}

/** Takes any identifier of a message's way. */
const TRACE = 'posthorn trace';

/**
 * Twilio's identifiers by kind: two letters and 32 hexadecimal digits.
 * Sources: https://www.twilio.com/docs/glossary/what-is-a-sid and the patterns in Twilio's OpenAPI description.
 * Articles call CN "conductor"; at Twilio it is the prefix of connect apps.
 */
export const SID_KINDS = {
  AC: { name: 'account', article: 'an', belongsTo: ['TWILIO_ACCOUNT_SID'] },
  SK: { name: 'API key', article: 'an', belongsTo: ['TWILIO_API_KEY_SID'] },
  AP: { name: 'application', article: 'an', belongsTo: ['TWILIO_APPLICATION_SID'] },
  CN: { name: 'connect app ("conductor")', article: 'a', belongsTo: ['TWILIO_CONDUCTOR_SID'] },
  IS: { name: 'conversation service', article: 'a', belongsTo: ['TWILIO_CONVERSATIONS_SERVICE_SID'] },
  CH: {
    name: 'conversation',
    article: 'a',
    belongsTo: [
      'conversationSid of a request',
      'posthorn send --conversation',
      'posthorn doctor --conversation',
      TRACE,
    ],
  },
  MB: { name: 'participant', article: 'a', belongsTo: [TRACE] },
  IM: { name: 'message', article: 'a', belongsTo: [TRACE] },
  DY: { name: 'delivery receipt', article: 'a', belongsTo: [TRACE] },
  CA: { name: 'call', article: 'a', belongsTo: [TRACE] },
  CF: { name: 'conference', article: 'a', belongsTo: [] },
  MG: { name: 'messaging service', article: 'a', belongsTo: ['TWILIO_MESSAGING_SERVICE_SID'] },
  PN: { name: 'phone number', article: 'a', belongsTo: [] },
  SM: { name: 'SMS channel message', article: 'an', belongsTo: [TRACE] },
  MM: { name: 'MMS channel message', article: 'an', belongsTo: [TRACE] },
  WA: { name: 'WhatsApp channel message', article: 'a', belongsTo: [TRACE] },
  HX: {
    name: 'content template',
    article: 'a',
    belongsTo: ['content.sid of a request', 'the sid of its WhatsApp template', 'posthorn send --template'],
  },
  ME: { name: 'media', article: 'a', belongsTo: ['media of a request', 'posthorn send --media'] },
  WH: { name: 'webhook', article: 'a', belongsTo: [] },
  US: { name: 'user', article: 'a', belongsTo: [] },
  RL: { name: 'role', article: 'a', belongsTo: [] },
} as const satisfies Readonly<Record<string, SidKind>>;

export type SidPrefix = keyof typeof SID_KINDS;

/** Every prefix, in the order of the table. */
export const SID_PREFIXES = Object.keys(SID_KINDS) as readonly SidPrefix[];

/** The kind in words, such as `a conversation SID`. */
export function nameOfKind(prefix: SidPrefix): string {
  const { article, name } = SID_KINDS[prefix];
  return `${article} ${name} SID`;
}

/** Where the kind belongs, as a sentence part such as `a connect app ("conductor") SID is for TWILIO_CONDUCTOR_SID`. */
export function placeOfKind(prefix: SidPrefix): string {
  const { belongsTo }: SidKind = SID_KINDS[prefix];
  return belongsTo.length === 0
    ? `posthorn asks for ${nameOfKind(prefix)} nowhere`
    : `${nameOfKind(prefix)} is for ${belongsTo.join(' or ')}`;
}
