/** What an inbound word asks for. */
export type InboundWord = 'stop' | 'start' | 'help';

/**
 * Twilio's default words on long codes, in English.
 * Source: https://help.twilio.com/articles/223134027
 */
export const INBOUND_WORDS: Readonly<Record<InboundWord, readonly string[]>> = {
  stop: ['stop', 'unsubscribe', 'end', 'quit', 'stopall', 'revoke', 'optout', 'cancel'],
  start: ['start', 'unstop', 'yes'],
  help: ['help', 'info'],
};

/** Characters that no reader sees: joiners, direction marks, variation selectors (Unicode TR44, Default_Ignorable_Code_Point and Cf). */
const INVISIBLE = /[\p{Default_Ignorable_Code_Point}\p{Cf}]/gu;
/** Punctuation and spaces around the word, as in `"STOP".` */
const AROUND = /^[\p{P}\s]+|[\p{P}\s]+$/gu;

/**
 * Reads an inbound text as one of the words. Only the whole text counts, whatever its case and width,
 * without invisible characters and the punctuation around it; a word inside a sentence is none.
 */
export function readInboundWord(text: string): InboundWord | undefined {
  const word = text.normalize('NFKC').replace(INVISIBLE, '').replace(AROUND, '').toLowerCase();
  const isAmong = (asksFor: InboundWord): boolean => INBOUND_WORDS[asksFor].includes(word);
  return (['stop', 'start', 'help'] as const).find(isAmong);
}
