import { type Logged } from '../logs/bounded-log';
import { type SimulatorEvent } from '../logs/simulator-event';
import { type Html, html } from './html';
import { timeOfDay } from './time-of-day';

/** What was accepted and told last, newest first. */
export function eventList(events: readonly Logged<SimulatorEvent>[]): Html {
  if (events.length === 0) {
    return html`<p class="empty">Nothing has happened yet.</p>`;
  }
  return html`<ol class="events" reversed>
    ${events.toReversed().map(item)}
  </ol>`;
}

function item({ at, kind, detail, callSid, messageSid, conversationSid }: Logged<SimulatorEvent>): Html {
  const words = Object.entries(detail)
    .filter(([, value]) => value !== null)
    .map(([name, value]) => `${name} ${String(value)}`);
  return html`<li>
    ${timeOfDay(new Date(at))} <strong>${kind}</strong> ${words.join(', ')}
    <code>${callSid ?? messageSid ?? conversationSid ?? ''}</code>
  </li>`;
}
