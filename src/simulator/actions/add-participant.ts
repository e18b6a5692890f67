import { type Conversation } from '../entities/conversation';
import { type Participant } from '../entities/participant';
import { twilioErrors } from '../errors/twilio-errors';
import { newSid } from '../sids';
import { type Simulation } from '../simulation';
import { pairKey } from '../state/pair-key';
import { touch } from '../state/recent-conversations';
import { participantEvent } from '../webhooks/webhook-events';

/** What a new participant is made of: a binding or an identity. */
export type ParticipantDraft = Pick<Participant, 'identity' | 'binding' | 'attributes' | 'roleSid'>;

/**
 * Adds a participant.
 * @param isTold whether webhooks tell of it
 * @throws TwilioApiError 50377 when the conversation is closed; 50416 when a conversation that is not closed has the
 *   address pair, its SID being in the message; 50433 when the identity is in the conversation
 */
export function addParticipant(
  { state, logs, webhooks }: Simulation,
  conversation: Conversation,
  draft: ParticipantDraft,
  isTold: boolean,
): Participant {
  if (conversation.state === 'closed') {
    throw twilioErrors.conversationClosed();
  }
  const { binding, identity } = draft;
  if (identity !== null && [...conversation.participants.values()].some((other) => other.identity === identity)) {
    throw twilioErrors.identityExists();
  }
  if (binding !== null) {
    const key = pairKey(binding.address, binding.proxyAddress);
    const holder = state.openBindings.get(key);
    if (holder !== undefined) {
      throw twilioErrors.bindingExists(holder.conversationSid);
    }
    state.openBindings.set(key, conversation);
  }
  const { conversationSid } = conversation;
  const now = new Date();
  const participantSid = newSid('MB');
  const participant: Participant = { participantSid, conversationSid, ...draft, createdAt: now, updatedAt: now };
  conversation.participants.set(participantSid, participant);
  rememberName(state.participantsByName, participant);
  touch(state, conversation);
  logs.events.append({
    kind: 'participant.added',
    conversationSid,
    participantSid,
    detail: { identity, address: binding?.address ?? null, proxyAddress: binding?.proxyAddress ?? null },
  });
  if (isTold) {
    void webhooks.send(participantEvent('onParticipantAdded', conversation, participant));
  }
  return participant;
}

function rememberName(participantsByName: Map<string, Set<Participant>>, participant: Participant): void {
  const name = participant.binding?.address ?? participant.identity;
  if (name !== null) {
    const sameName = participantsByName.get(name) ?? new Set();
    participantsByName.set(name, sameName.add(participant));
  }
}
