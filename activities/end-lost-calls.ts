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
      for (const call of await deps.calls.leftBy(messageId, attempts)) {
        news.push(...(await endOne(lost, messageId, call)));
      }
      return news;
    });
  };
}

async function endOne(deps: Lost, messageId: string, call: CallLeft): Promise<CallNews[]> {
  try {
    const callSid = call.callSid ?? (await find(deps, messageId, call));
    return callSid === undefined
      ? []
      : [{ attempt: call.number, event: callStatus(await deps.voice.endCall(callSid)) }];
  } catch (error) {
    throw toPollFailure(error);
  }
}

async function find(deps: Lost, messageId: string, call: CallLeft): Promise<CallSid | undefined> {
  const { openCreate } = call;
  const found = openCreate === undefined ? undefined : await findEarlierCall(deps, { ...call, messageId, openCreate });
  if (found !== undefined) {
    await deps.calls.recordPlaced(messageId, call.number, { callSid: found });
  }
  return found;
}
