import { type Call, type Instructions } from '../entities/call';
import { type Simulation } from '../simulation';
import { TwimlError, parseTwiml } from '../twiml/parse-twiml';
import { type Verb } from '../twiml/verb';
import { twimlWebhook } from './call-webhooks';
import { addMoment } from './change-call';
import { hangUp } from './end-call';
import { playVerbs } from './play-verbs';
import { type Stage } from './stage';

/** A document, and where it came from: null when it came with the call. */
interface Document {
  readonly verbs: readonly Verb[];
  readonly url: string | null;
}

/**
 * Plays instructions, and those that they lead to, in place of what is being played. The call ends when they do.
 * Instructions that cannot be had or read end it too, after Twilio's own words to the person.
 */
export async function playInstructions(simulation: Simulation, call: Call, first: Instructions): Promise<void> {
  call.playing.abort();
  if (call.ended.signal.aborted) {
    return;
  }
  const playing = new AbortController();
  call.playing = playing;
  const { signal } = playing;
  const isOver = (): boolean => signal.aborted;
  let next: Instructions | null = first;
  while (next !== null) {
    const document: Document | null = await load(simulation, call, next);
    if (isOver()) {
      return;
    }
    const stage: Stage = { simulation, call, signal, url: document?.url ?? null };
    next = document === null ? null : await playVerbs(stage, document.verbs);
    if (isOver()) {
      return;
    }
  }
  hangUp(simulation, call);
}

async function load(simulation: Simulation, call: Call, instructions: Instructions): Promise<Document | null> {
  try {
    if (instructions.kind === 'twiml') {
      return { verbs: parseTwiml(instructions.twiml), url: null };
    }
    const { url } = instructions;
    const webhook = twimlWebhook(simulation.state.accountSid, call, instructions, instructions.fields);
    const { status, error, body } = await simulation.callRequests.send(webhook);
    if (status === null || status < 200 || status >= 300) {
      throw new TwimlError(`${url} answered ${status ?? error}`);
    }
    return { verbs: parseTwiml(body), url };
  } catch (error) {
    if (!(error instanceof TwimlError)) {
      throw error;
    }
    addMoment(call, 'error', `An application error has occurred: ${error.message}`);
    return null;
  }
}
