import { type CallLeft, type CallStore } from '../src/database/call-store';
import { type CallSid } from '../src/domain/sid';
import { type VoiceGateway } from '../src/twilio/voice-gateway';
import { type CallNews } from '../workflows/contract';
import { callStatus } from './call-status';
import { findEarlierCall, type FindCallDependencies } from './find-earlier-call';
import { toPollFailure } from './to-poll-failure';
import { withHeartbeats } from './with-heartbeats';

export interface EndLostCallsInput {
  readonly messageId: string;
  /** Numbers of the attempts of which nobody has said what became of their call. */
  readonly attempts: readonly number[];
}

export interface EndLostCallsDependencies extends Omit<FindCallDependencies, 'calls' | 'voice'> {
  readonly calls: Pick<CallStore, 'heldByOthers' | 'leftBy' | 'recordPlaced'>;
  readonly voice?: { readonly gateway: Pick<VoiceGateway, 'endCall' | 'findCalls'> };
}

type Lost = Omit<EndLostCallsDependencies, 'voice'> & {
  readonly voice: NonNullable<EndLostCallsDependencies['voice']>['gateway'];
};

/** What the store says, and when it said so, in milliseconds since 1970: ages count from there. */
type ReadCall = CallLeft & { readonly messageId: string; readonly readAtMs: number };

/**
 * Looks for calls whose create was never answered, and ends those that are still going on: nobody follows them, and nobody needs them.
 * @returns how each call ended that was found
 */
export function createEndLostCalls({ voice, ...deps }: EndLostCallsDependencies) {
  return async function endLostCalls({ attempts, messageId }: EndLostCallsInput): Promise<CallNews[]> {
    // Without it this worker has begun no call.
    if (voice === undefined) {
      return [];
    }
    const lost = { ...deps, voice: voice.gateway };
    return await withHeartbeats(async () => {
      const news: CallNews[] = [];
      const left = await deps.calls.leftBy(messageId, attempts);
      const readAtMs = Date.now();
      for (const call of left) {
        news.push(...(await endOne(lost, { ...call, messageId, readAtMs })));
      }
      return news;
    });
  };
}

async function endOne(deps: Lost, call: ReadCall): Promise<CallNews[]> {
  try {
    const callSid = call.callSid ?? (await find(deps, call));
    return callSid === undefined
      ? []
      : [{ attempt: call.number, event: callStatus(await deps.voice.endCall(callSid)) }];
  } catch (error) {
    throw toPollFailure(error);
  }
}

async function find(deps: Lost, call: ReadCall): Promise<CallSid | undefined> {
  const { messageId, number, openCreate, readAtMs } = call;
  if (openCreate === undefined) {
    return undefined;
  }
  const found = await findEarlierCall(deps, { ...call, begunAtMs: readAtMs - openCreate.ageMs });
  if (found !== undefined) {
    await deps.calls.recordPlaced(messageId, number, { callSid: found });
  }
  return found;
}
