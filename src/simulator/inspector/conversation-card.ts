import { type Call } from '../entities/call';
import { type Conversation } from '../entities/conversation';
import { type Participant } from '../entities/participant';
import { callItem } from './call-item';
import { type Html, html } from './html';
import { messageItem } from './message-item';

/** How many messages and calls of a conversation are shown, the newest ones. */
const SHOWN_ENTRIES = 20;

/** One conversation with its participants, and its newest messages and calls in one timeline. @param calls those tied to it */
export function conversationCard(conversation: Conversation, calls: readonly Call[]): Html {
  const { conversationSid, uniqueName, friendlyName, state, participants } = conversation;
  const entries = timeline(conversation, calls);
  const shown = entries.slice(-SHOWN_ENTRIES);
  const left = entries.length - shown.length;
  return html`<article class="card" aria-labelledby="h-${conversationSid}">
    <h3 id="h-${conversationSid}">${friendlyName ?? uniqueName ?? 'Conversation'}</h3>
    <p class="meta"><code>${conversationSid}</code> <span class="badge badge-${state}">${state}</span></p>
    <ul class="participants">
      ${[...participants.values()].map((participant) => participantItem(participant, state !== 'closed'))}
    </ul>
    ${left === 0 ? '' : html`<p class="meta">${left} older messages and calls are not shown.</p>`}
    ${shown.length === 0 ? html`<p class="empty">No messages yet.</p>` : ''}
    <ol class="messages">
      ${shown.map(({ show }) => show())}
    </ol>
  </article>`;
}

interface TimelineEntry {
  readonly at: Date;
  readonly show: () => Html;
}

function timeline(conversation: Conversation, calls: readonly Call[]): TimelineEntry[] {
  const said = conversation.messages.map((message) => ({
    at: message.createdAt,
    show: () => messageItem(conversation, message),
  }));
  const placed = calls.map((call) => ({ at: call.createdAt, show: () => callItem(call) }));
  return [...said, ...placed].sort((left, right) => left.at.getTime() - right.at.getTime());
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
