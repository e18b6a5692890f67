import { type InboundWord, type WordSetName } from './word-sets';

/** What is replied to words, by the language of the word; nothing where there is no text. */
export type WordReplies = Readonly<Partial<Record<WordSetName, Readonly<Partial<Record<InboundWord, string>>>>>>;
