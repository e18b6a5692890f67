import { type DeliveryEvent } from './delivery-event';
import { advance, type DeliveryState, NOTHING_HEARD, verdict } from './delivery-state';
import { type ParticipantSid } from './sid';

type Told = Pick<DeliveryEvent, 'status' | 'errorCode' | 'at' | 'participantSid'>;

/** What the events of a message into a conversation add up to for one of its participants. */
export function participantState(events: readonly Told[], participantSid: ParticipantSid): DeliveryState {
  return events.filter((event) => event.participantSid === participantSid).reduce(advance, NOTHING_HEARD);
}

/**
 * What the events add up to for all participants together: delivered once everybody has it, read once everybody has read it,
 * and sent while anything less is known. It never fails: what failed is a matter of each participant.
 */
export function conversationState(
  events: readonly Told[],
  participantSids: readonly ParticipantSid[],
): DeliveryState & { readonly status?: 'sent' | 'delivered' | 'read' } {
  const states = participantSids.map((participantSid) => participantState(events, participantSid));
  const times = states.flatMap(({ statusAt }) => (statusAt === undefined ? [] : [statusAt])).sort();
  const [first] = times;
  const last = times.at(-1);
  if (first === undefined || last === undefined) {
    return NOTHING_HEARD as { status?: never };
  }
  if (!states.every((state) => verdict(state) === 'delivered')) {
    return { status: 'sent', statusAt: first };
  }
  return { status: states.every(({ status }) => status === 'read') ? 'read' : 'delivered', statusAt: last };
}
