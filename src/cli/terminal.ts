import { type Writable } from 'node:stream';
import { type Paint, paintFor } from './paint';

/** What a picture for a person needs to know of where it is shown. */
export interface Terminal {
  readonly paint: Paint;
  /** Characters in a line. */
  readonly width: number;
}

/** A file or pipe has no width, and neither has a terminal that does not tell. */
const USUAL_WIDTH = 80;
const NARROWEST = 40;
/** Wider lines are hard to follow. */
const WIDEST = 120;

/** The terminal behind a stream; one without colours when it is none, or when colours are not wanted (NO_COLOR). */
export function terminalOf(output: Writable & { readonly isTTY?: boolean; readonly columns?: number }): Terminal {
  const { columns = 0 } = output;
  const width = columns > 0 ? Math.min(Math.max(columns, NARROWEST), WIDEST) : USUAL_WIDTH;
  return { paint: paintFor(output), width };
}
