import ms from 'ms';

/** A length of time as Temporal's TypeScript SDK takes it: `500ms`, `30s`, `10m`, `24h`, `7 days`. */
export type Duration = string;

/**
 * Milliseconds of a duration.
 * @throws RangeError when the text is not a duration greater than zero.
 */
export function durationMs(duration: Duration): number {
  const milliseconds = parseDurationMs(duration);
  if (milliseconds === undefined) {
    throw new RangeError(
      `"${duration}" is not a duration: write a number and a unit, such as 500ms, 30s, 10m, 24h or 7 days`,
    );
  }
  return milliseconds;
}

/** Milliseconds of a duration, or undefined when the text is none. A bare number has no unit and is refused. */
export function parseDurationMs(text: string): number | undefined {
  if (!/^\s*\d+(\.\d+)?\s*[a-z]+\s*$/i.test(text)) {
    return undefined;
  }
  const milliseconds = ms(text.trim() as ms.StringValue) as number | undefined;
  return milliseconds !== undefined && Number.isFinite(milliseconds) && milliseconds > 0 ? milliseconds : undefined;
}
