import { durationMs, parseDurationMs } from './duration';

/** An error code that says that an address cannot be reached on a channel, and for how long that is believed, in milliseconds. */
export interface SuppressionCode {
  readonly code: number;
  readonly forMs: number;
}

/**
 * Codes of class `recipient` that tell of the address itself: whoever writes to it again gets the same answer. Not those that depend on
 * the sender (21612), the carrier's mood (30004) or the text. What is as good as permanent is believed for 90 days; numbers that were
 * given up are given to others, and people join WhatsApp, so those are asked again after 30. Reviewed data.
 * Source: https://www.twilio.com/docs/api/errors
 */
export const DEFAULT_SUPPRESSION_CODES: readonly SuppressionCode[] = [
  { code: 21211, forMs: durationMs('90 days') },
  { code: 21614, forMs: durationMs('90 days') },
  { code: 21635, forMs: durationMs('90 days') },
  { code: 30005, forMs: durationMs('30 days') },
  { code: 30006, forMs: durationMs('30 days') },
  { code: 50407, forMs: durationMs('90 days') },
  { code: 63003, forMs: durationMs('30 days') },
  { code: 63024, forMs: durationMs('30 days') },
];

/** For a code that is configured without a duration and has none by default. */
const USUAL_DURATION = '30 days';

/**
 * Reads the list of POSTHORN_SUPPRESSION_CODES: codes with or without a duration, separated by commas, such as `30005:14d, 21614`.
 * An empty text means that no code suppresses. A default code without a duration keeps its own.
 * @throws RangeError that names the entry and how to write it.
 */
export function parseSuppressionCodes(text: string): SuppressionCode[] {
  const entries = text.trim() === '' ? [] : text.split(',').map((entry) => parseEntry(entry.trim()));
  const repeated = entries.find((entry, index) => entries.findIndex(({ code }) => code === entry.code) !== index);
  if (repeated !== undefined) {
    throw new RangeError(`the code ${repeated.code} is there more than once: keep one entry for it`);
  }
  return entries;
}

function parseEntry(entry: string): SuppressionCode {
  const [codeText = '', duration] = entry.split(/:(.*)/s).map((part) => part.trim());
  if (!/^[1-9]\d{4}$/.test(codeText)) {
    throw new RangeError(
      `"${entry}" does not start with an error code of five digits: write it like 30005 or 30005:14d`,
    );
  }
  const code = Number(codeText);
  if (duration === undefined) {
    return (
      DEFAULT_SUPPRESSION_CODES.find((known) => known.code === code) ?? { code, forMs: durationMs(USUAL_DURATION) }
    );
  }
  const forMs = parseDurationMs(duration);
  if (forMs === undefined) {
    throw new RangeError(`"${entry}" has no duration after the colon: write one such as 14d or 12h`);
  }
  return { code, forMs };
}
