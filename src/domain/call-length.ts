import { type StepCall } from './step-message';

/** Slow speech; Twilio's voices are faster. */
const CHARACTERS_PER_SECOND = 10;
/** A greeting, the menu with its wait for a key, after each time that the text is spoken. */
const MENU_SECONDS = 20;
/** For three rounds of wrong keys. */
const ROUNDS_SECONDS = 60;
/** How long the greeting of a machine is listened to. */
const GREETING_SECONDS = 60;

/** How long the person rings whom a key puts through to, and how long the two can speak. Seconds. */
export const DIALLED_RING_SECONDS = 30;
export const LONGEST_TALK_SECONDS = 3_600;

/** After how many seconds a call has said everything that it can have to say. Whatever still goes on then is ended. */
export function longestSpeechSeconds({ speech, voicemail }: Pick<StepCall, 'speech' | 'voicemail'>): number {
  const { repeat, text } = speech;
  return repeat * (secondsOf(text) + MENU_SECONDS) + ROUNDS_SECONDS + longestVoicemailSeconds(voicemail);
}

/** The same for what is left on a machine, its greeting included. */
export function longestVoicemailSeconds(voicemail: string | undefined): number {
  return voicemail === undefined ? 0 : GREETING_SECONDS + secondsOf(voicemail);
}

/** After how many seconds Twilio ends a call by itself: two people who were put through to each other can speak that long. */
export function longestCallSeconds(call: Pick<StepCall, 'connectTo' | 'speech' | 'voicemail'>): number {
  const talk = call.connectTo === undefined ? 0 : DIALLED_RING_SECONDS + LONGEST_TALK_SECONDS;
  return longestSpeechSeconds(call) + talk;
}

function secondsOf(text: string): number {
  return Math.ceil(text.length / CHARACTERS_PER_SECOND);
}
