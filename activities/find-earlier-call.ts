import { setTimeout as pause } from 'node:timers/promises';
import { type CallGrant, type CallStore, type NewCall } from '../src/database/call-store';
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

/** Whose call is looked for, between which numbers, and since when. */
export interface EarlierCall extends Pick<NewCall, 'number' | 'recipient' | 'sender'>, Pick<CallGrant, 'startedAt'> {
  readonly messageId: string;
  readonly openCreate: NonNullable<CallGrant['openCreate']>;
}

/**
 * Looks for the call that an earlier create of an attempt may have left at Twilio: a call between the same numbers that no other attempt
 * has. While the create is open no other one of ours is begun between them, so that it is this attempt's.
 * @returns undefined when it is proved that there is none.
 */
export async function findEarlierCall(deps: FindCallDependencies, earlier: EarlierCall): Promise<CallSid | undefined> {
  const listedAt = Date.now() + PERMIT_MS + deps.requestTimeoutMs + LIST_LAG_MS - earlier.openCreate.ageMs;
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

async function look({ calls, voice }: FindCallDependencies, earlier: EarlierCall): Promise<CallSid | undefined> {
  const { messageId, number, recipient, sender, startedAt } = earlier;
  const listed = await voice.findCalls({ to: recipient, from: sender, notBefore: new Date(startedAt) });
  const callSids = listed.map(({ callSid }) => callSid);
  const taken = new Set(await calls.heldByOthers(callSids, messageId, number));
  return callSids.find((callSid) => !taken.has(callSid));
}
