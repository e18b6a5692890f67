import { type ReadText, type TextReading } from '../domain/opt-out-word';
import { type InboundWord } from '../domain/word-sets';
import { type RecordWord, type SaidWord } from './record-word';
import { type ReplyToWord } from './reply-to-word';

/** A message from a person. Address and text are personal: they go no further than the ledger and this check. */
export interface InboundText extends Omit<SaidWord, 'word'> {
  readonly text: string;
  /** What Twilio has already taken the text for; wins over the text itself. */
  readonly word?: InboundWord | undefined;
  /** Whether `at` is Twilio's time, and so the same when the webhook comes again. */
  readonly isDatedByTwilio: boolean;
}

/**
 * What came of a message: the ledger has a new opt-out, or one less; a HELP is being answered; it was known already;
 * a stop word stands in it, which a person should read; it takes a task; it was none of the words; or it is kept until Postgres is back.
 */
export type InboundResult =
  | 'opted_out'
  | 'opted_in'
  | 'help_answered'
  | 'repeated'
  | 'near_word'
  | 'task_answered'
  | 'no_word'
  | 'kept_for_later';

export interface AcceptInboundDependencies {
  readonly readText: ReadText;
  readonly recordWord: RecordWord;
  readonly replyToWord: ReplyToWord;
}

/** Resolves once the ledger has what the message says. */
export type AcceptInbound = (inbound: InboundText) => Promise<InboundResult>;

/** Takes STOP and START into the ledger, and has a word answered where a reply is configured. HELP and anything else leave the ledger alone. */
export function createAcceptInbound({ readText, recordWord, replyToWord }: AcceptInboundDependencies): AcceptInbound {
  return async function acceptInbound(inbound) {
    const reading = readText(inbound.text);
    const word = wordOf(inbound, reading);
    if (word === undefined) {
      return reading.kind === 'near_word' && inbound.word === undefined ? 'near_word' : 'no_word';
    }
    if (word === 'help') {
      return HELP_RESULTS[await replyToWord(inbound, reading)];
    }
    const { isNew } = await recordWord(toSaidWord(inbound, word));
    // Once for each word, also when the ledger knows it already: the process may have ended before it came to the reply.
    await replyToWord(inbound, reading);
    if (!isNew) {
      return 'repeated';
    }
    return word === 'stop' ? 'opted_out' : 'opted_in';
  };
}

const HELP_RESULTS = { accepted: 'help_answered', repeated: 'repeated', none: 'no_word' } as const;

/** The word that the ledger has to hear of, if the message is one. */
export function ledgerWordOf(inbound: InboundText, readText: ReadText): SaidWord | undefined {
  const word = wordOf(inbound, readText(inbound.text));
  return word === 'stop' || word === 'start' ? toSaidWord(inbound, word) : undefined;
}

function wordOf({ word }: InboundText, reading: TextReading): InboundWord | undefined {
  return word ?? (reading.kind === 'word' ? reading.word : undefined);
}

function toSaidWord({ at, channel, evidence, from, writtenTo }: InboundText, word: 'stop' | 'start'): SaidWord {
  return { at, channel, evidence, from, word, writtenTo };
}
