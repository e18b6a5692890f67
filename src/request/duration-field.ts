import { z } from 'zod';
import { parseDurationMs } from '../domain/duration';
import { expectation } from './expectation';

const LONGEST = '30 days';
const LONGEST_MS = 30 * 24 * 60 * 60 * 1000;

/** A duration from 1 ms to 30 days, such as `30s`. */
export function durationField(): z.ZodString {
  return z.string({ error: expectation('a duration such as "30s" or "10m"') }).superRefine((text, context) => {
    const breach = durationBreach(parseDurationMs(text));
    if (breach !== undefined) {
      context.addIssue({ code: 'custom', message: breach });
    }
  });
}

function durationBreach(milliseconds: number | undefined): string | undefined {
  if (milliseconds === undefined) {
    return 'is not a duration: write a number above zero and a unit, such as "500ms", "30s", "10m", "24h" or "7 days"';
  }
  if (milliseconds < 1) {
    return 'is shorter than a millisecond: give at least "1ms"';
  }
  return milliseconds > LONGEST_MS ? `is longer than ${LONGEST}: give at most "${LONGEST}"` : undefined;
}
