/**
 * Reads a `Retry-After` header, which holds seconds or an HTTP date (RFC 9110, section 10.2.3).
 * @param nowMs the present time in milliseconds since 1970, which a date is measured from.
 * @returns milliseconds to wait, never negative; undefined when there is no header or it cannot be read.
 */
export function retryAfterMs(header: unknown, nowMs: number): number | undefined {
  if (typeof header !== 'string') {
    return undefined;
  }
  const text = header.trim();
  if (/^\d+(\.\d+)?$/.test(text)) {
    return Math.ceil(Number(text) * 1000);
  }
  // Date.parse reads almost anything; an HTTP date always starts with the name of a day.
  const dateMs = /^[a-z]{3}/i.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(dateMs) ? undefined : Math.max(0, dateMs - nowMs);
}
