import { z } from 'zod';
import { createTextReader } from '../domain/opt-out-word';
import { type WordReplies } from '../domain/word-replies';
import { WORD_SET_NAMES } from '../domain/word-sets';
import { textField } from '../request/text-field';

/** Source: https://www.twilio.com/docs/api/errors/21617 */
const LONGEST_BODY = 1600;

const EXAMPLE = '{"de":{"stop":"Sie bekommen keine Nachrichten mehr.","help":"Fragen: +49 …"}}';

/** A reply that is a word itself could be taken for one by whoever answers automatically at the other end. */
const readAnyText = createTextReader(WORD_SET_NAMES);

const replyField = textField('the text of the reply', LONGEST_BODY)
  .refine((text) => text.trim() !== '', { error: 'is empty: leave the word out if nothing is to be replied' })
  .refine((text) => readAnyText(text).kind !== 'word', { error: 'is one of the words itself: write a sentence' })
  .optional();

const repliesOfLanguage = z.strictObject({ stop: replyField, start: replyField, help: replyField });
const repliesSchema = z.partialRecord(z.enum(WORD_SET_NAMES), repliesOfLanguage);

/**
 * Reads POSTHORN_WORD_REPLIES: JSON, by set of words and word.
 * @throws Error that names every part at fault and how to write it.
 */
export function readWordReplies(text: string): WordReplies {
  const parsed = repliesSchema.safeParse(parseJson(text));
  if (!parsed.success) {
    throw new Error(`is not a list of replies: ${parsed.error.issues.map(describe).join('; ')}`);
  }
  return parsed.data as WordReplies;
}

function describe(issue: z.core.$ZodIssue): string {
  const where = issue.path.length === 0 ? 'the whole' : issue.path.join('.');
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.path.length === 0
        ? `${issue.keys.join(', ')} is not a set of words: choose among ${WORD_SET_NAMES.join(', ')}`
        : `${where} has something else than stop, start and help (${issue.keys.join(', ')}): remove it`;
    case 'custom':
    case 'too_big':
      return `${where} ${issue.message}`;
    default:
      return `${where} is not what is expected: write it like ${EXAMPLE}`;
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Error(`is not JSON: write it like ${EXAMPLE}`, { cause: error });
  }
}
