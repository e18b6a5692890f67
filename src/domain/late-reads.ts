const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/**
 * When Twilio is asked once more about what was undecided at the end of a message, in milliseconds since that end. Most late
 * receipts come within minutes; after three days what is still silent stays so, as for receipts without a message.
 */
export const LATE_READS_AFTER_MS: readonly [number, ...number[]] = [
  10 * MINUTE_MS,
  HOUR_MS,
  6 * HOUR_MS,
  24 * HOUR_MS,
  72 * HOUR_MS,
];

/**
 * The late read that follows one made now. One that an outage swallowed is not made up for.
 * @param sinceCloseMs how long ago the message ended.
 * @returns milliseconds since the end of the message; undefined when there is none.
 */
export function nextLateReadAfterMs(sinceCloseMs: number): number | undefined {
  return LATE_READS_AFTER_MS.find((afterMs) => afterMs > sinceCloseMs);
}
