import { type Call, type Heard } from '../entities/call';
import { type Simulation } from '../simulation';
import { type Prompt } from '../twiml/verb';
import { callSecondsMs } from './call-time';
import { addMoment } from './change-call';

/** Where a document is being played. */
export interface Stage {
  readonly simulation: Simulation;
  readonly call: Call;
  /** Aborted when the document is over before its end. */
  readonly signal: AbortSignal;
  /** Where the document came from; null when it came with the call. */
  readonly url: string | null;
}

/** How fast text is spoken: about 150 words in a minute. */
const CHARACTERS_PER_SECOND = 15;

/** Says that something was heard. */
export function hear({ call }: Stage, kind: Heard, text: string): void {
  addMoment(call, kind, text);
}

/** Milliseconds that something to be heard takes. */
export function promptMs({ call }: Stage, prompt: Prompt): number {
  const seconds = prompt.kind === 'pause' ? prompt.seconds : (prompt.text.length * prompt.loop) / CHARACTERS_PER_SECOND;
  return Math.round(callSecondsMs(call, seconds));
}
