import { type Logged } from '../logs/bounded-log';
import { type WebhookRecord } from '../logs/webhook-record';
import { type Html, html } from './html';
import { timeOfDay } from './time-of-day';

/** The newest webhooks with what came of them, newest first. */
export function webhookTable(records: readonly Logged<WebhookRecord>[]): Html {
  if (records.length === 0) {
    return html`<p class="empty">No webhook was sent yet. Configure a URL and filters to get some.</p>`;
  }
  return html`<div class="scroll" id="webhooks" tabindex="0" role="region" aria-labelledby="h-webhooks">
    <table>
      <thead>
        <tr>
          <th scope="col">At (UTC)</th>
          <th scope="col">Answer</th>
          <th scope="col">Event</th>
          <th scope="col">Took</th>
          <th scope="col">About</th>
        </tr>
      </thead>
      <tbody>
        ${records.toReversed().map(row)}
      </tbody>
    </table>
  </div>`;
}

function row({
  at,
  eventType,
  fields,
  callSid,
  messageSid,
  conversationSid,
  status,
  error,
  durationMs,
}: Logged<WebhookRecord>): Html {
  const { Status, ErrorCode, StateTo, CallStatus, AnsweredBy, Digits } = fields;
  const says = [Status, ErrorCode, StateTo, CallStatus, AnsweredBy, Digits]
    .filter((text) => text !== undefined)
    .join(' ');
  const isTaken = status !== null && status >= 200 && status < 300;
  return html`<tr>
    <td>${timeOfDay(new Date(at))}</td>
    <td><span class="badge badge-${isTaken ? 'delivered' : 'failed'}">${status ?? error ?? ''}</span></td>
    <td class="wraps">${eventType} <strong>${says}</strong></td>
    <td>${durationMs} ms</td>
    <td><code>${callSid ?? messageSid ?? conversationSid ?? ''}</code></td>
  </tr>`;
}
