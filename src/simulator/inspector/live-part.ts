import { type Call } from '../entities/call';
import { type Simulation } from '../simulation';
import { conversationTimeline } from '../state/conversation-timeline';
import { callMomentItem } from './call-moment-item';
import { conversationCard } from './conversation-card';
import { eventList } from './event-list';
import { type Html, html } from './html';
import { webhookTable } from './webhook-table';

const SHOWN_CONVERSATIONS = 20;
/** The newest, of those that belong to no conversation. */
const SHOWN_CALLS = 20;
const SHOWN_WEBHOOKS = 50;
const SHOWN_EVENTS = 50;

/** The part of the page that is refreshed: conversations with their calls, other calls, webhooks, events. */
export function livePart({ state, logs }: Simulation): Html {
  const conversations = [...state.recentConversations.values()].reverse().slice(0, SHOWN_CONVERSATIONS);
  const calls = [...state.calls.values()];
  const otherCalls = calls.filter(({ conversationSid }) => !state.conversations.has(conversationSid ?? ''));
  return html`<section aria-labelledby="h-conversations">
      <h2 id="h-conversations">Conversations</h2>
      <p class="meta">${state.conversations.size} in all; those in which something happened last come first.</p>
      ${conversations.length === 0 ? html`<p class="empty">No conversation yet.</p>` : ''}
      <div class="cards">
        ${conversations.map((conversation) => conversationCard(conversation, conversationTimeline(state, conversation)))}
      </div>
    </section>
    <section aria-labelledby="h-calls">
      <h2 id="h-calls">Calls</h2>
      <p class="meta">${calls.length} in all; those that belong to a conversation are shown there.</p>
      ${
        otherCalls.length === 0
          ? html`<p class="empty">No other call yet.</p>`
          : html`<ol class="messages">
              ${otherCalls.slice(-SHOWN_CALLS).reverse().map(callItems)}
            </ol>`
      }
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

function callItems(call: Call): Html[] {
  return call.moments.map((moment) => callMomentItem(call, moment));
}
