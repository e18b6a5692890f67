import { setTimeout as pause } from 'node:timers/promises';
import { type CallGrant } from '../src/database/call-store';
import { type CallSid } from '../src/domain/sid';
import { type DialDependencies, type PlannedCall } from './dial';
import { LIST_LAG_MS } from './look-for-message';
import { PERMIT_MS } from './permit';

/**
 * Looks for the call that an earlier create of an attempt may have left at Twilio: a call between the same numbers that no other attempt
 * has. While the create is open no other one of ours is begun between them, so that it is this attempt's.
 * @returns undefined when it is proved that there is none.
 */
export async function findEarlierCall(
  deps: DialDependencies,
  planned: PlannedCall,
  {
    openCreate,
    startedAt,
  }: Pick<CallGrant, 'startedAt'> & { readonly openCreate: NonNullable<CallGrant['openCreate']> },
): Promise<CallSid | undefined> {
  const listedAt = Date.now() + PERMIT_MS + deps.requestTimeoutMs + LIST_LAG_MS - openCreate.ageMs;
  for (const delayMs of deps.lookUpDelaysMs) {
    await pause(delayMs);
    const callSid = await look(deps, planned, startedAt);
    if (callSid !== undefined) {
      return callSid;
    }
  }
  const untilListedMs = listedAt - Date.now();
  if (untilListedMs <= 0) {
    return undefined;
  }
  await pause(untilListedMs);
  return await look(deps, planned, startedAt);
}

async function look(
  { calls, voice }: DialDependencies,
  { attempt, message }: PlannedCall,
  startedAt: string,
): Promise<CallSid | undefined> {
  const { number, recipient, sender } = attempt;
  const listed = await voice.findCalls({ to: recipient, from: sender, notBefore: new Date(startedAt) });
  const callSids = listed.map(({ callSid }) => callSid);
  const taken = new Set(await calls.heldByOthers(callSids, message.messageId, number));
  return callSids.find((callSid) => !taken.has(callSid));
}
