import { activityInfo } from '@temporalio/activity';
import { type AttemptResult } from '../src/domain/attempt-result';
import { chooseSender, MissingSenderError, type Senders } from '../src/domain/sender';
import { type CallSid } from '../src/domain/sid';
import { type StepCall } from '../src/domain/step-message';
import { type OpenConversation } from '../src/twilio/gateway';
import { type DeliverMessageInput } from '../workflows/contract';
import { dial, type DialDependencies } from './dial';
import { type Trail } from './handover-context';
import { toNewMessage } from './to-new-message';
import { toSendFailure } from './to-send-failure';
import { withHeartbeats } from './with-heartbeats';
import { type Withheld, withheldAt } from './withheld';

export interface PlaceCallInput {
  readonly message: DeliverMessageInput;
  readonly attempt: {
    readonly number: number;
    readonly step: number;
    readonly call: StepCall;
    /** Somebody has let it out of quiet hours. */
    readonly isReleased?: true;
  };
}

export type PlaceResult =
  /** `conversation` is the one that the message has with its recipient, when there is one. */
  | { readonly kind: 'placed'; readonly callSid: CallSid; readonly conversation?: OpenConversation }
  /** Time does not allow it. `isBegun` says whether the attempt is on record. */
  | (Withheld & { readonly isBegun: boolean })
  | Extract<AttemptResult, { kind: 'refused' | 'opted_out' | 'suppressed' }>;

export interface PlaceCallDependencies extends Omit<DialDependencies, 'voice' | 'publicBaseUrl'> {
  /** Absent without PUBLIC_BASE_URL: Twilio could not tell what becomes of a call. */
  readonly voice?: Pick<DialDependencies, 'publicBaseUrl'> & { readonly gateway: DialDependencies['voice'] };
  readonly senders: Senders;
}

const NO_BASE_URL =
  'calls need PUBLIC_BASE_URL in the environment of the worker: Twilio tells there what becomes of them';

/**
 * Places the call of one attempt, once: whatever crashes or is repeated, a second create happens only when it is proved that the first
 * left no call. The ledger is read, and the clock, right before the create.
 * Throws ApplicationFailure of a type in `SEND_FAILURES`, which Temporal repeats.
 */
export function createPlaceCall(deps: PlaceCallDependencies) {
  return async function placeCall({ message, attempt }: PlaceCallInput): Promise<PlaceResult> {
    const { call, isReleased, number, step } = attempt;
    const { channel, from, to } = call;
    const trail: Trail = { mayBeAtTwilio: activityInfo().attempt > 1 };
    if (deps.voice === undefined) {
      return { kind: 'refused', errorClass: 'config', reason: NO_BASE_URL };
    }
    try {
      const { sender } = chooseSender({ channel, from, to }, deps.senders);
      const record = { number, step, channel, sender, recipient: to };
      const planned = { message: toNewMessage(message), attempt: record, ...(isReleased && { isReleased }) };
      const withheld = trail.mayBeAtTwilio ? undefined : withheldAt(new Date(deps.now()), planned, deps.quietHours);
      if (withheld !== undefined) {
        return { ...withheld, isBegun: false };
      }
      const { gateway, publicBaseUrl } = deps.voice;
      return await withHeartbeats(() => dial({ ...deps, voice: gateway, publicBaseUrl }, { ...planned, call }, trail));
    } catch (error) {
      if (error instanceof MissingSenderError) {
        return { kind: 'refused', errorClass: 'config', reason: error.message };
      }
      throw toSendFailure(error, trail);
    }
  };
}
