import VoiceResponse from 'twilio/lib/twiml/VoiceResponse';
import { type KeyAnswer } from '../domain/call-event';
import { DIALLED_RING_SECONDS, LONGEST_TALK_SECONDS } from '../domain/call-length';
import { type CallSpeech, menuPhrases, type MenuPhrases } from '../domain/call-speech';

/** The longest TwiML that a call can be created with. Source: https://www.twilio.com/docs/voice/api/call-resource#twiml */
export const LONGEST_INLINE_TWIML = 4000;

/** How long a menu waits for a key once it is spoken, and the silence between two rounds. Seconds. */
const KEY_TIMEOUT_SECONDS = 5;
const BETWEEN_SECONDS = 1;

/** The keys that a call offers, and where a pressed one is told. */
export interface OfferedKeys {
  readonly offered: readonly KeyAnswer[];
  readonly actionUrl: string;
}

type Speaker = Pick<CallSpeech, 'language' | 'voice'>;
type SayAttributes = NonNullable<Parameters<VoiceResponse['say']>[0]> & object;

/** Speaks the text, with the menu after it when there is one, as often as `repeat` says, and hangs up. */
export function speechTwiml(speech: CallSpeech, keys?: OfferedKeys): string {
  const response = new VoiceResponse();
  for (let round = 0; round < speech.repeat; round += 1) {
    if (round > 0) {
      response.pause({ length: BETWEEN_SECONDS });
    }
    if (keys === undefined || keys.offered.length === 0) {
      say(response, speech, speech.text);
    } else {
      const gather = openGather(response, keys.actionUrl);
      say(gather, speech, speech.text);
      offer(gather, menuFor(speech), keys.offered);
    }
  }
  response.hangup();
  return response.toString();
}

/**
 * The same within Twilio's limit for TwiML that comes with the call.
 * @returns undefined when it is too long: then it has to be served at a URL.
 */
export function inlineSpeechTwiml(speech: CallSpeech, keys?: OfferedKeys): string | undefined {
  const twiml = speechTwiml(speech, keys);
  return twiml.length <= LONGEST_INLINE_TWIML ? twiml : undefined;
}

/** Thanks for an answer and hangs up. */
export function answerTwiml(answer: KeyAnswer, language: string): string {
  const phrases = menuPhrases(language);
  const response = new VoiceResponse();
  say(response, phrases, phrases.thanks[answer]);
  say(response, phrases, phrases.goodbye);
  response.hangup();
  return response.toString();
}

/** Somebody who is to be put through. Numbers are E.164. */
export interface Connection {
  readonly number: string;
  /** What the dialled side sees: a number of ours. */
  readonly callerId: string;
  /** Where it is told how that ended. */
  readonly actionUrl: string;
}

/** Puts whoever took the call through to somebody else. */
export function connectTwiml({ actionUrl, callerId, number }: Connection, language: string): string {
  const phrases = menuPhrases(language);
  const response = new VoiceResponse();
  say(response, phrases, phrases.connecting);
  const dialled = { callerId, timeout: DIALLED_RING_SECONDS, timeLimit: LONGEST_TALK_SECONDS };
  response.dial({ ...dialled, action: actionUrl, method: 'POST' }).number(number);
  return response.toString();
}

/** What follows when nobody could be put through. */
export function unreachableTwiml(language: string): string {
  const phrases = menuPhrases(language);
  const response = new VoiceResponse();
  say(response, phrases, phrases.unreachable);
  say(response, phrases, phrases.goodbye);
  response.hangup();
  return response.toString();
}

/** Says that a key means nothing, and offers the menu again. */
export function otherKeyTwiml(language: string, { offered, actionUrl }: OfferedKeys): string {
  const phrases = menuPhrases(language);
  const response = new VoiceResponse();
  const gather = openGather(response, actionUrl);
  say(gather, phrases, phrases.wrongKey);
  offer(gather, phrases, offered);
  say(response, phrases, phrases.goodbye);
  response.hangup();
  return response.toString();
}

/** Takes leave. */
export function goodbyeTwiml(language: string): string {
  const phrases = menuPhrases(language);
  const response = new VoiceResponse();
  say(response, phrases, phrases.goodbye);
  response.hangup();
  return response.toString();
}

/** Ends the call without a word. */
export function hangUpTwiml(): string {
  const response = new VoiceResponse();
  response.hangup();
  return response.toString();
}

/** What a machine gets to hear, once, after its tone. */
export function voicemailTwiml(text: string, speech: Speaker): string {
  return speechTwiml({ ...speech, text, repeat: 1 });
}

/** The menu is spoken by the voice of the text, unless its words are in another language. */
function menuFor({ language, voice }: CallSpeech): MenuPhrases & Speaker {
  const phrases = menuPhrases(language);
  return phrases.language === language && voice !== undefined ? { ...phrases, voice } : phrases;
}

function openGather(response: VoiceResponse, actionUrl: string): ReturnType<VoiceResponse['gather']> {
  return response.gather({
    input: ['dtmf'],
    numDigits: 1,
    timeout: KEY_TIMEOUT_SECONDS,
    action: actionUrl,
    method: 'POST',
    // Every key is an answer, # too.
    finishOnKey: '',
  });
}

function offer(
  gather: Pick<VoiceResponse, 'say'>,
  phrases: MenuPhrases & Speaker,
  offered: readonly KeyAnswer[],
): void {
  say(gather, phrases, offered.map((answer) => phrases.offers[answer]).join(' '));
}

function say(parent: Pick<VoiceResponse, 'say'>, { language, voice }: Speaker, text: string): void {
  // The SDK lists the languages and voices of its own day; Twilio knows more of them.
  const attributes = { language, ...(voice === undefined ? {} : { voice }) } as SayAttributes;
  parent.say(attributes, withoutControls(text));
}

/** XML has no place for control characters other than white space, nor for halves of surrogate pairs. Source: https://www.w3.org/TR/xml/#charsets */
function withoutControls(text: string): string {
  return text.replace(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, ' ');
}
