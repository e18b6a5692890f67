import { KEY_ANSWERS, type KeyAnswer } from '../domain/call-event';
import { type ConversationSid, isSid } from '../domain/sid';
import { compact } from './compact';

/** Where Twilio's requests about calls come in. */
export const VOICE_WEBHOOK_PATH = '/webhooks/twilio/voice';

/** What a request about a call is for: its status, what to say, a pressed key, how dialling somebody ended, or what machine detection found. */
export const VOICE_PURPOSES = ['status', 'speech', 'key', 'dialled', 'answerer'] as const;
export type VoicePurpose = (typeof VOICE_PURPOSES)[number];

/** Our own key of one call; it travels in the query of the call's callback URLs. */
export interface CallKey {
  readonly messageId: string;
  readonly attempt: number;
  readonly step: number;
}

/** A menu that is being spoken: enough to answer a key without asking anybody. */
export interface SpokenMenu {
  /** BCP 47. */
  readonly language: string;
  readonly offered: readonly KeyAnswer[];
  /** Which time the keys are asked for, from 1. */
  readonly round: number;
}

/** A callback URL in parts. */
export interface VoiceCallback {
  readonly purpose: VoicePurpose;
  readonly key: CallKey;
  /** The conversation that the call belongs to. */
  readonly conversationSid?: ConversationSid;
  /** Of a pressed key, and of what follows from it. */
  readonly menu?: SpokenMenu;
}

const MESSAGE_ID = /^msg_[a-z2-7]{32}$/;
const WHOLE = /^\d{1,6}$/;
const LANGUAGE = /^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}$/;

/** The URL for a purpose. Twilio signs it with its query, so that nobody else can make up a key. */
export function voiceCallbackUrl(
  publicBaseUrl: string,
  { purpose, key, conversationSid, menu }: VoiceCallback,
): string {
  const query = new URLSearchParams({
    for: purpose,
    messageId: key.messageId,
    attempt: String(key.attempt),
    step: String(key.step),
    ...compact({ conversationSid }),
    ...(menu === undefined
      ? {}
      : { language: menu.language, offered: menu.offered.join('.'), round: String(menu.round) }),
  });
  return `${publicBaseUrl.replace(/\/$/, '')}${VOICE_WEBHOOK_PATH}?${query.toString()}`;
}

/** Reads a query that `voiceCallbackUrl` wrote; undefined when it did not. */
export function readVoiceCallback(query: URLSearchParams): VoiceCallback | undefined {
  const purpose = VOICE_PURPOSES.find((known) => known === query.get('for'));
  const messageId = query.get('messageId') ?? '';
  const attempt = readWhole(query, 'attempt');
  const step = readWhole(query, 'step');
  if (purpose === undefined || !MESSAGE_ID.test(messageId) || attempt === undefined || step === undefined) {
    return undefined;
  }
  const menu = readMenu(query);
  if ((purpose === 'key' || purpose === 'dialled') && menu === undefined) {
    return undefined;
  }
  const text = query.get('conversationSid') ?? '';
  const conversationSid = isSid(text, 'CH') ? text : undefined;
  return { purpose, key: { messageId, attempt, step }, ...compact({ conversationSid, menu }) };
}

function readMenu(query: URLSearchParams): SpokenMenu | undefined {
  const language = query.get('language') ?? '';
  const round = readWhole(query, 'round');
  const words = (query.get('offered') ?? '').split('.');
  if (round === undefined || !LANGUAGE.test(language)) {
    return undefined;
  }
  return { language, offered: KEY_ANSWERS.filter((answer) => words.includes(answer)), round };
}

function readWhole(query: URLSearchParams, name: string): number | undefined {
  const text = query.get(name) ?? '';
  return WHOLE.test(text) ? Number(text) : undefined;
}
