import { type MessageChannel } from './channel';
import { type OptOutScope } from './opt-out-scope';

/**
 * How far an opt-out reaches that an error code tells of.
 * - `sender`: everything from the sender that was refused.
 * - `channel`: everything on the channel of the message.
 * - `marketing`: marketing on the channel of the message.
 * - `everything`: every message to this recipient.
 */
export const OPT_OUT_REACHES = ['sender', 'channel', 'marketing', 'everything'] as const;
export type OptOutReach = (typeof OPT_OUT_REACHES)[number];

/** An error code that says that the recipient has opted out. */
export interface OptOutCode {
  readonly code: number;
  readonly reach: OptOutReach;
}

/**
 * The codes that mark an opt-out unless configured otherwise. 30007 is not one of them: it tells of filtered content.
 * Sources: https://www.twilio.com/docs/api/errors/21610, …/63014, …/63033
 */
export const DEFAULT_OPT_OUT_CODES: readonly OptOutCode[] = [
  { code: 21610, reach: 'sender' },
  { code: 63014, reach: 'channel' },
  { code: 63033, reach: 'marketing' },
];

/** What a code without a word of its own reaches: like a STOP, everything from that sender. */
const DEFAULT_REACH: OptOutReach = 'sender';

/** The scope to write into the ledger when a message was refused with an opt-out code. `sender` is E.164. */
export function scopeOfReach(reach: OptOutReach, refused: { sender: string; channel: MessageChannel }): OptOutScope {
  switch (reach) {
    case 'sender':
      return { sender: refused.sender };
    case 'channel':
      return { channel: refused.channel };
    case 'marketing':
      return { channel: refused.channel, category: 'marketing' };
    case 'everything':
      return {};
  }
}

/**
 * Reads the list of POSTHORN_OPT_OUT_ERROR_CODES: codes with or without a reach, separated by commas,
 * such as `21610, 63014:channel, 63033:marketing`. An empty text means that no code marks an opt-out.
 * A default code without a reach keeps its own; any other reaches its sender.
 * @throws RangeError that names the entry and how to write it.
 */
export function parseOptOutErrorCodes(text: string): OptOutCode[] {
  const entries = text.trim() === '' ? [] : text.split(',').map((entry) => parseEntry(entry.trim()));
  const repeated = entries.find((entry, index) => entries.findIndex(({ code }) => code === entry.code) !== index);
  if (repeated !== undefined) {
    throw new RangeError(`the code ${repeated.code} is there more than once: keep one entry for it`);
  }
  return entries;
}

function parseEntry(entry: string): OptOutCode {
  const [codeText = '', reachText] = entry.split(/:(.*)/s).map((part) => part.trim());
  if (!/^[1-9]\d{4}$/.test(codeText)) {
    throw new RangeError(
      `"${entry}" does not start with an error code of five digits: write it like 21610 or 63014:channel`,
    );
  }
  const code = Number(codeText);
  if (reachText === undefined) {
    return DEFAULT_OPT_OUT_CODES.find((known) => known.code === code) ?? { code, reach: DEFAULT_REACH };
  }
  if (!isReach(reachText)) {
    throw new RangeError(`"${entry}" has an unknown reach: after the colon write one of ${OPT_OUT_REACHES.join(', ')}`);
  }
  return { code, reach: reachText };
}

function isReach(word: string): word is OptOutReach {
  return OPT_OUT_REACHES.some((reach) => reach === word);
}
