import { type Conversation } from '../entities/conversation';
import { type Participant } from '../entities/participant';
import { type TimelineEntry } from '../state/conversation-timeline';
import { type Html, html } from './html';
import { timelineItem } from './timeline-item';

/** How many messages and moments of calls are shown of a conversation, the newest ones. */
const SHOWN_ENTRIES = 40;

/** One conversation with its participants and the newest part of its timeline. */
export function conversationCard(conversation: Conversation, entries: readonly TimelineEntry[]): Html {
  const { conversationSid, uniqueName, friendlyName, state, participants } = conversation;
  const shown = entries.slice(-SHOWN_ENTRIES);
  const left = entries.length - shown.length;
  return html`<article class="card" aria-labelledby="h-${conversationSid}">
    <h3 id="h-${conversationSid}">${friendlyName ?? uniqueName ?? 'Conversation'}</h3>
    <p class="meta"><code>${conversationSid}</code> <span class="badge badge-${state}">${state}</span></p>
    <ul class="participants">
      ${[...participants.values()].map((participant) => participantItem(participant, state !== 'closed'))}
    </ul>
    ${left === 0 ? '' : html`<p class="meta">${left} older messages and moments of calls are not shown.</p>`}
    ${shown.length === 0 ? html`<p class="empty">No messages yet.</p>` : ''}
    <ol class="messages">
      ${shown.map((entry) => timelineItem(conversation, entry))}
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
