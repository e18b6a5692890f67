import { advance, type DeliveryState, NOTHING_HEARD } from './delivery-state';
import { type DeliveryEvent } from './delivery-event';
import { type ParticipantSid } from './sid';

/**
 * What the events of one attempt add up to for its recipient. Events about other participants of the conversation say
 * nothing of it; an event without a participant, or all of them while the recipient's SID is not known, counts.
 */
export function recipientState(
  events: readonly Pick<DeliveryEvent, 'status' | 'errorCode' | 'at' | 'participantSid'>[],
  recipient: ParticipantSid | undefined,
): DeliveryState {
  return events
    .filter(({ participantSid }) => [participantSid, recipient].includes(undefined) || participantSid === recipient)
    .reduce(advance, NOTHING_HEARD);
}
