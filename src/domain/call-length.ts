import { type CallSpeech } from './call-speech';

/** Slow speech; Twilio's voices are faster. */
const CHARACTERS_PER_SECOND = 10;
/** A greeting, the menu with its wait for a key, after each time that the text is spoken. */
const MENU_SECONDS = 20;
/** For three rounds of wrong keys. */
const ROUNDS_SECONDS = 60;

/** After how many seconds a call has said everything that it can have to say. Whatever still goes on then is ended. */
export function longestCallSeconds({ repeat, text }: Pick<CallSpeech, 'repeat' | 'text'>): number {
  return repeat * (Math.ceil(text.length / CHARACTERS_PER_SECOND) + MENU_SECONDS) + ROUNDS_SECONDS;
}
