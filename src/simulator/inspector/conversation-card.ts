import { type Conversation } from '../entities/conversation';
import { type Participant } from '../entities/participant';
import { type Html, html } from './html';
import { messageItem } from './message-item';

/** How many messages of a conversation are shown, the newest ones. */
const SHOWN_MESSAGES = 20;

/** One conversation with its participants and newest messages. */
export function conversationCard(conversation: Conversation): Html {
  const { conversationSid, uniqueName, friendlyName, state, participants, messages } = conversation;
  const shown = messages.slice(-SHOWN_MESSAGES);
  const left = messages.length - shown.length;
  return html`<article class="card" aria-labelledby="h-${conversationSid}">
    <h3 id="h-${conversationSid}">${friendlyName ?? uniqueName ?? 'Conversation'}</h3>
    <p class="meta"><code>${conversationSid}</code> <span class="badge badge-${state}">${state}</span></p>
    <ul class="participants">
      ${[...participants.values()].map((participant) => participantItem(participant, state !== 'closed'))}
    </ul>
    ${left === 0 ? '' : html`<p class="meta">${left} older messages are not shown.</p>`}
    ${shown.length === 0 ? html`<p class="empty">No messages yet.</p>` : ''}
    <ol class="messages">
      ${shown.map((message) => messageItem(conversation, message))}
    </ol>
  </article>`;
}

function participantItem({ participantSid, binding, identity }: Participant, canReply: boolean): Html {
  if (binding === null) {
    return html`<li>${identity ?? ''} in chat</li>`;
  }
  const reply = html`<a
    id="reply-${participantSid}"
    href="/?participant=${participantSid}#reply"
    data-participant="${participantSid}"
    >Reply as ${binding.address}</a
  >`;
  return html`<li>${binding.address} through ${binding.proxyAddress} ${canReply ? reply : ''}</li>`;
}
