import { type Conversation } from '../entities/conversation';
import { type Participant } from '../entities/participant';
import { twilioErrors } from '../errors/twilio-errors';
import { type Simulation } from '../simulation';
import { pairKey } from '../state/pair-key';
import { touch } from '../state/recent-conversations';
import { type SimulatorState } from '../state/simulator-state';
import { participantEvent } from '../webhooks/webhook-events';

/**
 * Removes a participant; its address pair is free again.
 * @param isTold whether webhooks tell of it
 * @throws TwilioApiError 50377 when the conversation is closed
 */
export function removeParticipant(
  { state, logs, webhooks }: Simulation,
  conversation: Conversation,
  participant: Participant,
  isTold: boolean,
): void {
  if (conversation.state === 'closed') {
    throw twilioErrors.conversationClosed();
  }
  forgetParticipant(state, conversation, participant);
  touch(state, conversation);
  const { conversationSid } = conversation;
  logs.events.append({
    kind: 'participant.removed',
    conversationSid,
    participantSid: participant.participantSid,
    detail: {},
  });
  if (isTold) {
    void webhooks.send(participantEvent('onParticipantRemoved', conversation, participant));
  }
}

/** Takes the participant out of the conversation and out of every index. */
export function forgetParticipant(state: SimulatorState, conversation: Conversation, participant: Participant): void {
  const { binding, identity } = participant;
  conversation.participants.delete(participant.participantSid);
  const name = binding?.address ?? identity ?? '';
  const sameName = state.participantsByName.get(name);
  sameName?.delete(participant);
  if (sameName?.size === 0) {
    state.participantsByName.delete(name);
  }
  if (binding !== null) {
    const key = pairKey(binding.address, binding.proxyAddress);
    // A closed conversation does not hold its pairs any more: another one may.
    if (state.openBindings.get(key) === conversation) {
      state.openBindings.delete(key);
    }
  }
}
