import { setTimeout as pause } from 'node:timers/promises';
import { type CallStore, type NewCall } from '../src/database/call-store';
import { type CallSid } from '../src/domain/sid';
import { type VoiceGateway } from '../src/twilio/voice-gateway';
import { LIST_LAG_MS } from './look-for-message';
import { PERMIT_MS } from './permit';

export interface FindCallDependencies {
  readonly voice: Pick<VoiceGateway, 'findCalls'>;
  readonly calls: Pick<CallStore, 'heldByOthers'>;
  /** As in `HandOverDependencies`. */
  readonly lookUpDelaysMs: readonly number[];
  readonly requestTimeoutMs: number;
}

/** Whose call is looked for, and between which numbers. */
export interface EarlierCall extends Pick<NewCall, 'number' | 'recipient' | 'sender'> {
  readonly messageId: string;
  /** When its create was begun by our clock, in milliseconds since 1970. */
  readonly begunAtMs: number;
}

/**
 * Looks for the call that an earlier create of an attempt may have left at Twilio: a call between the same numbers, from the time in which
 * the create can have been carried out, that no other attempt has. For two minutes no other create of ours is begun between them, which is
 * longer, so that no other message's call is taken for it, however late the look.
 * @returns undefined when it is proved that there is none.
 */
export async function findEarlierCall(deps: FindCallDependencies, earlier: EarlierCall): Promise<CallSid | undefined> {
  const listedAt = overAt(deps, earlier) + LIST_LAG_MS;
  for (const delayMs of deps.lookUpDelaysMs) {
    await pause(delayMs);
    const callSid = await look(deps, earlier);
    if (callSid !== undefined) {
      return callSid;
    }
  }
  const untilListedMs = listedAt - Date.now();
  if (untilListedMs <= 0) {
    return undefined;
  }
  await pause(untilListedMs);
  return await look(deps, earlier);
}

/** Until when Twilio can have carried out the create. */
function overAt({ requestTimeoutMs }: FindCallDependencies, { begunAtMs }: EarlierCall): number {
  return begunAtMs + PERMIT_MS + requestTimeoutMs;
}

async function look(deps: FindCallDependencies, earlier: EarlierCall): Promise<CallSid | undefined> {
  const { calls, voice } = deps;
  const { begunAtMs, messageId, number, recipient, sender } = earlier;
  const time = { notBefore: new Date(begunAtMs), notAfter: new Date(overAt(deps, earlier)) };
  const listed = await voice.findCalls({ to: recipient, from: sender, ...time });
  const callSids = listed.map(({ callSid }) => callSid);
  const taken = new Set(await calls.heldByOthers(callSids, messageId, number));
  return callSids.find((callSid) => !taken.has(callSid));
}
