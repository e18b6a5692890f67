import { type CallEvent } from './call-event';
import { advanceCallState, type CallState, callVerdict, NO_CALL_NEWS } from './call-state';
import { type DeliveryState, NOTHING_HEARD } from './delivery-state';
import { type CallAcknowledgement } from './policy';

/** That a person took on the message during a call. */
export interface CallAcknowledged {
  readonly by: 'keypress' | 'connection';
  /** When it was first told, ISO 8601. */
  readonly at: string;
}

/** What a call proves of its message. */
export interface CallProof {
  /** `delivered` when the call was to be answered and a person took it. */
  readonly state: DeliveryState;
  readonly acknowledged?: CallAcknowledged;
}

/** A call that was to be answered is delivered when a person took it. */
export function stateOfAnswer(call: CallState): DeliveryState {
  return callVerdict(call) === 'answered' && call.latest !== undefined
    ? { status: 'delivered', statusAt: call.latest.at }
    : NOTHING_HEARD;
}

/**
 * What everything that was told of a call proves, in whatever order it came.
 * @param acknowledge what the step of the call asks for.
 */
export function callProof(events: readonly CallEvent[], acknowledge: CallAcknowledgement): CallProof {
  const call = events.reduce(advanceCallState, NO_CALL_NEWS);
  const state = acknowledge === 'answer' ? stateOfAnswer(call) : NOTHING_HEARD;
  switch (callVerdict(call)) {
    case 'acknowledged':
      return { state, acknowledged: { by: 'keypress', at: firstOf(events, isAcknowledgingKey) } };
    case 'put_through':
      return { state, acknowledged: { by: 'connection', at: firstOf(events, wasTaken) } };
    default:
      return { state };
  }
}

function isAcknowledgingKey(event: CallEvent): boolean {
  return event.kind === 'key' && event.key === 'acknowledge';
}

function wasTaken(event: CallEvent): boolean {
  return event.kind === 'dialled' && event.wasTaken;
}

/** When the first of them happened: ISO 8601 in UTC is ordered as text. */
function firstOf(events: readonly CallEvent[], isMeant: (event: CallEvent) => boolean): string {
  const times = events.filter(isMeant).map(({ at }) => at);
  return times.reduce((first, at) => (at < first ? at : first));
}
