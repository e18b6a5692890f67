import { channelOf } from '../channel-address';
import { optOutWord } from '../delivery/opt-out-word';
import { type Message } from '../entities/message';
import { type Simulation } from '../simulation';
import { pairKey } from '../state/pair-key';
import { addMessage } from './add-message';

/** A message that a person sends to one of the account's addresses. */
export interface InboundMessage {
  readonly from: string;
  readonly to: string;
  readonly body: string;
}

/** What became of it. */
export interface InboundResult {
  /** Null when no open conversation has the pair, so that it could not be shown to anybody. */
  readonly message: Message | null;
  /** What its text asked for, when it was one of Twilio's words. */
  readonly optOut: 'stop' | 'start' | null;
}

/** Takes an inbound message: puts it into the conversation of the pair, and keeps the opt-outs as Twilio does. */
export function receiveInbound(simulation: Simulation, { from, to, body }: InboundMessage): InboundResult {
  const key = pairKey(from, to);
  const conversation = simulation.state.openBindings.get(key);
  simulation.state.lastInboundMs.set(key, Date.now());
  const optOut = optOutWord(body);
  if (optOut !== null) {
    keepOptOut(simulation, { from, to }, optOut, conversation?.conversationSid);
  }
  if (conversation === undefined) {
    return { message: null, optOut };
  }
  const source = channelOf(from) === 'whatsapp' ? 'WHATSAPP' : 'SMS';
  const draft = { author: from, body, attributes: '{}', contentSid: null, source } as const;
  return { message: addMessage(simulation, conversation, draft, { isTold: true, word: optOut }).message, optOut };
}

function keepOptOut(
  { state, logs }: Simulation,
  { from, to }: Pick<InboundMessage, 'from' | 'to'>,
  optOut: 'stop' | 'start',
  conversationSid: string | undefined,
): void {
  const key = pairKey(from, to);
  const about = conversationSid === undefined ? {} : { conversationSid };
  const detail = { address: from, proxyAddress: to };
  if (optOut === 'stop') {
    state.blockedPairs.add(key);
    logs.events.append({ kind: 'opt_out.recorded', ...about, detail });
  } else {
    state.blockedPairs.delete(key);
    logs.events.append({ kind: 'opt_out.lifted', ...about, detail });
  }
}
