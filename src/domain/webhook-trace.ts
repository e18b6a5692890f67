import {
  type CallSid,
  type ChannelMessageSid,
  type ConversationSid,
  type DeliveryReceiptSid,
  type MessageSid,
  type ParticipantSid,
} from './sid';

/** Where webhooks come in: the last part of their path. */
export const WEBHOOK_ENDPOINTS = ['conversations', 'messaging', 'voice'] as const;
export type WebhookEndpoint = (typeof WEBHOOK_ENDPOINTS)[number];

/** What became of a webhook, with what each word means. */
export const WEBHOOK_VERDICTS = {
  accepted: 'it was new, and what it says is on disk',
  repeated: 'what it says was known already',
  ignored: 'Twilio signed it, and posthorn has no use for it',
  near_word: 'a stop word stands in a message among others; it was not obeyed, and a person should read it at Twilio',
  refused_signature: 'its signature does not hold; nothing of it was read',
  refused_account: 'Twilio signed it for another account',
  unreadable: 'its body or a field that it needs could not be read',
  failed: 'posthorn answered with an error of its own; whether something was stored is not known',
} as const;
export type WebhookVerdict = keyof typeof WEBHOOK_VERDICTS;
export const WEBHOOK_VERDICT_NAMES = Object.keys(WEBHOOK_VERDICTS) as WebhookVerdict[];

/** What a webhook changed. */
export const WEBHOOK_EFFECTS = {
  receipt_stored: 'a receipt was stored',
  call_event_stored: 'what was told of a call was stored',
  kept_for_later: 'Temporal keeps it until Postgres is back',
  message_seen: 'a message of ours is at Twilio; its SID is stored where it was missing',
  opt_out_recorded: 'the ledger has a new opt-out',
  opt_in_recorded: 'the ledger has an opt-out less',
  reply_accepted: 'a HELP is being answered',
  task_answered: 'somebody on call has replied to a task',
  nothing: 'nothing',
  unknown: 'perhaps something: see the verdict',
} as const;
export type WebhookEffect = keyof typeof WEBHOOK_EFFECTS;

/** The effects that one request of Twilio's can have only once, however often it is sent. */
const HAPPEN_ONCE: readonly WebhookEffect[] = [
  'receipt_stored',
  'call_event_stored',
  'opt_out_recorded',
  'opt_in_recorded',
  'reply_accepted',
  'task_answered',
];

/** Whether the webhook surely changed something, so that nobody can repeat it at will. */
export function isChange(effect: WebhookEffect): boolean {
  return HAPPEN_ONCE.includes(effect);
}

/** The identifiers that a webhook carries. */
export interface WebhookSids {
  readonly conversationSid?: ConversationSid;
  readonly messageSid?: MessageSid;
  readonly participantSid?: ParticipantSid;
  readonly deliveryReceiptSid?: DeliveryReceiptSid;
  readonly channelMessageSid?: ChannelMessageSid;
  readonly callSid?: CallSid;
}

/**
 * What is kept of a webhook once it is answered. Words, codes and identifiers: never an address, a text or the body.
 * Of a request whose signature does not hold there is no identifier and no event: anybody can write those.
 */
export interface WebhookTrace extends WebhookSids {
  /** ISO 8601 in UTC with milliseconds. */
  readonly receivedAt: string;
  readonly endpoint: WebhookEndpoint;
  readonly verdict: WebhookVerdict;
  readonly effect: WebhookEffect;
  /** How many webhooks it stands for: more than one when so many changed nothing that they were only counted. */
  readonly count: number;
  /** Twilio's name of the event, such as `onDeliveryUpdated`. */
  readonly event?: string;
  /** Why it was refused or failed: a code of ours. */
  readonly reason?: string;
  /** Of a receipt: Twilio's words. */
  readonly status?: string;
  readonly errorCode?: number;
  /** Whose message it is about, when that was known. */
  readonly messageId?: string;
  readonly tenant?: string;
  /** Milliseconds from the arrival to the answer. Absent when it stands for several. */
  readonly durationMs?: number;
}

/** Long enough for Twilio's names and statuses, too short for anything else. */
const LONGEST_WORD = 40;

/** A name or status of Twilio's as the trace keeps it; anything that is not one word becomes `other`. */
export function traceWord(text: string): string {
  return text.length <= LONGEST_WORD && /^[A-Za-z][\w-]*$/.test(text) ? text : 'other';
}
