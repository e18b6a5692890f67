import { type CallEvent } from '../../../domain/call-event';
import { type CallSpeech } from '../../../domain/call-speech';
import { type CallSid, type ConversationSid } from '../../../domain/sid';
import { compact } from '../../../twilio/compact';
import { type CallKey, type SpokenMenu, voiceCallbackUrl } from '../../../twilio/voice-callback';
import {
  answerTwiml,
  connectTwiml,
  goodbyeTwiml,
  hangUpTwiml,
  otherKeyTwiml,
  speechTwiml,
  unreachableTwiml,
} from '../../../twilio/voice-twiml';
import { parseVoiceWebhook, type VoiceWebhook } from '../../../twilio/voice-webhook';
import { type AppContext } from '../../app-context';
import { readSignedBody, requireEvent, type WebhookDependencies } from './signed-body';
import { describeVoiceWebhook, noteWebhook, type WebhookNotes } from './webhook-notes';

/** Whose call something is about. */
export interface CallReference {
  readonly key: CallKey;
  readonly callSid: CallSid;
  readonly conversationSid?: ConversationSid;
}

/** What a call says, and which keys it offers. */
export interface ServedSpeech {
  readonly speech: CallSpeech;
  readonly offered: SpokenMenu['offered'];
}

export interface VoiceWebhookDependencies extends WebhookDependencies {
  /** Stores an event before the answer, and has the workflow told. @returns what it changed, for the trace */
  readonly recordCallEvent: (call: CallReference, event: CallEvent) => Promise<WebhookNotes>;
  /** What a call says whose text was too long to come with it; undefined when there is no such call. */
  readonly speechOf: (call: CallReference) => Promise<ServedSpeech | undefined>;
  /** E.164: who is dialled when somebody wants to speak to a person; without it a person only hears of it. Never fails. */
  readonly personFor: (call: CallReference) => Promise<string | undefined>;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** How often a person is asked for a key again. */
const MOST_ROUNDS = 3;

/**
 * POST /webhooks/twilio/voice: everything that Twilio asks and tells about calls. The query says what it is for and whose call it is,
 * so that a key is answered without asking anybody, unless it is to put somebody through. Events are on disk before the answer.
 */
export function voiceWebhook(deps: VoiceWebhookDependencies) {
  return async function voiceWebhook(context: AppContext): Promise<void> {
    const rawBody = await readSignedBody(deps, context);
    const receivedAt = new Date(deps.now()).toISOString();
    const parsed = parseVoiceWebhook(rawBody, context.URL.searchParams, receivedAt);
    const webhook = requireEvent(deps, parsed, context, describeVoiceWebhook);
    const call = referenceOf(webhook);
    if (webhook.purpose !== 'speech') {
      noteWebhook(context, await deps.recordCallEvent(call, webhook.event));
    }
    context.status = 200;
    switch (webhook.purpose) {
      case 'status':
      case 'answerer':
        context.body = '';
        break;
      case 'key':
        answerWith(context, await keyTwiml(deps, call, webhook));
        break;
      case 'dialled':
        answerWith(context, webhook.event.wasTaken ? hangUpTwiml() : unreachableTwiml(webhook.menu.language));
        break;
      case 'speech':
        answerWith(context, await servedTwiml(deps, call));
        break;
    }
  };
}

function referenceOf({ key, callSid, conversationSid }: VoiceWebhook): CallReference {
  return { key, callSid, ...compact({ conversationSid }) };
}

function answerWith(context: AppContext, twiml: string): void {
  context.type = 'text/xml';
  context.body = twiml;
}

async function keyTwiml(
  deps: VoiceWebhookDependencies,
  call: CallReference,
  { caller, event: { key }, menu }: Extract<VoiceWebhook, { purpose: 'key' }>,
): Promise<string> {
  const { language, offered, round } = menu;
  if (key !== 'other') {
    const number = key === 'person' && caller !== undefined ? await deps.personFor(call) : undefined;
    return number === undefined || caller === undefined
      ? answerTwiml(key, language)
      : connectTwiml({ number, callerId: caller, actionUrl: urlFor('dialled', deps, call, menu) }, language);
  }
  if (round >= MOST_ROUNDS) {
    return goodbyeTwiml(language);
  }
  const actionUrl = urlFor('key', deps, call, { language, offered, round: round + 1 });
  return otherKeyTwiml(language, { offered, actionUrl });
}

async function servedTwiml(deps: VoiceWebhookDependencies, call: CallReference): Promise<string> {
  const served = await deps.speechOf(call);
  if (served === undefined) {
    return hangUpTwiml();
  }
  const { speech, offered } = served;
  const actionUrl = urlFor('key', deps, call, { language: speech.language, offered, round: 1 });
  return speechTwiml(speech, { offered, actionUrl });
}

function urlFor(
  purpose: 'key' | 'dialled',
  { publicBaseUrl }: VoiceWebhookDependencies,
  { key, conversationSid }: CallReference,
  menu: SpokenMenu,
): string {
  return voiceCallbackUrl(publicBaseUrl, { purpose, key, menu, ...compact({ conversationSid }) });
}
