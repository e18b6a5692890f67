import { type Conversation } from '../entities/conversation';
import { type SimulatorState } from '../state/simulator-state';
import { type Html, html } from './html';

/** The form in which a person writes as a participant. @param chosen the participant SID that is chosen at first */
export function replyForm(state: SimulatorState, chosen: string | null, notice: string | null): Html {
  return html`<form id="reply" class="card" method="post" action="/inspector/replies">
    <p>
      <label for="participant">Reply as</label>
      <select id="participant" name="participantSid" required>
        ${participantOptions(state, chosen)}
      </select>
    </p>
    <p>
      <label for="body">Text</label>
      <textarea id="body" name="body" rows="3" maxlength="1600" required aria-describedby="body-hint"></textarea>
      <span class="meta" id="body-hint">STOP and START work as they do at Twilio.</span>
    </p>
    <p><button type="submit">Send reply</button></p>
    <p role="status" id="reply-status">${notice ?? ''}</p>
  </form>`;
}

/** One option for each participant that can write: those with an address, in conversations that are open. */
export function participantOptions(state: SimulatorState, chosen: string | null): Html {
  const options = [...state.recentConversations.values()]
    .reverse()
    .flatMap((conversation) => (conversation.state === 'closed' ? [] : optionsOf(conversation, chosen)));
  return options.length === 0 ? html`<option value="">Nobody is in a conversation yet</option>` : html`${options}`;
}

function optionsOf(conversation: Conversation, chosen: string | null): Html[] {
  const name = conversation.friendlyName ?? conversation.uniqueName ?? conversation.conversationSid;
  return [...conversation.participants.values()].flatMap(({ participantSid, binding }) => {
    if (binding === null) {
      return [];
    }
    const selected = participantSid === chosen ? html`selected` : '';
    return html`<option value="${participantSid}" ${selected}>${binding.address} in ${name}</option>`;
  });
}
