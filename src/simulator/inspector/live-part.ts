import { type Simulation } from '../simulation';
import { conversationCard } from './conversation-card';
import { eventList } from './event-list';
import { type Html, html } from './html';
import { webhookTable } from './webhook-table';

const SHOWN_CONVERSATIONS = 20;
const SHOWN_WEBHOOKS = 50;
const SHOWN_EVENTS = 50;

/** The part of the page that is refreshed: conversations, webhooks, events. */
export function livePart({ state, logs }: Simulation): Html {
  const conversations = [...state.recentConversations.values()].reverse().slice(0, SHOWN_CONVERSATIONS);
  return html`<section aria-labelledby="h-conversations">
      <h2 id="h-conversations">Conversations</h2>
      <p class="meta">${state.conversations.size} in all; those in which something happened last come first.</p>
      ${conversations.length === 0 ? html`<p class="empty">No conversation yet.</p>` : ''}
      <div class="cards">${conversations.map(conversationCard)}</div>
    </section>
    <section aria-labelledby="h-webhooks">
      <h2 id="h-webhooks">Webhook deliveries</h2>
      <p class="meta">${logs.webhooks.total()} in all.</p>
      ${webhookTable(logs.webhooks.entries({ limit: SHOWN_WEBHOOKS }))}
    </section>
    <section aria-labelledby="h-events">
      <h2 id="h-events">Events</h2>
      <p class="meta">${logs.events.total()} in all.</p>
      ${eventList(logs.events.entries({ limit: SHOWN_EVENTS }))}
    </section>`;
}
