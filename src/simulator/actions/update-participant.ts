import { type Conversation } from '../entities/conversation';
import { type Participant } from '../entities/participant';
import { twilioErrors } from '../errors/twilio-errors';
import { type Simulation } from '../simulation';
import { touch } from '../state/recent-conversations';
import { participantEvent } from '../webhooks/webhook-events';

/** What can be changed of a participant; what is missing stays. */
export type ParticipantChanges = Partial<Pick<Participant, 'attributes' | 'roleSid'>>;

/**
 * Changes what the changes name.
 * @param isTold whether webhooks tell of it
 * @throws TwilioApiError 50377 when the conversation is closed
 */
export function updateParticipant(
  { logs, state, webhooks }: Simulation,
  conversation: Conversation,
  participant: Participant,
  changes: ParticipantChanges,
  isTold: boolean,
): void {
  if (conversation.state === 'closed') {
    throw twilioErrors.conversationClosed();
  }
  const changed = Object.keys(changes);
  if (changed.length === 0) {
    return;
  }
  Object.assign(participant, changes, { updatedAt: new Date() });
  touch(state, conversation);
  const { conversationSid } = conversation;
  const { participantSid } = participant;
  logs.events.append({
    kind: 'participant.updated',
    conversationSid,
    participantSid,
    detail: { changed: changed.join() },
  });
  if (isTold) {
    void webhooks.send(participantEvent('onParticipantUpdated', conversation, participant));
  }
}
