import { type Call, type CallLine } from '../entities/call';
import { type Html, html } from './html';
import { timeOfDay } from './time-of-day';

const HEARD: Readonly<Record<CallLine['kind'], string>> = {
  said: 'Said',
  pressed: 'Pressed',
  connected: 'Connected with',
  error: 'Failed',
};

/** One call with its status, who answered, and what was heard on the line. */
export function callItem(call: Call): Html {
  const { callSid, to, from, status, answeredBy, durationSeconds, createdAt, lines } = call;
  const duration = durationSeconds === null ? '' : ` after ${durationSeconds} s`;
  return html`<li class="message call">
    <p class="meta">Call from ${from} to ${to} at ${timeOfDay(createdAt)}</p>
    <p>
      <span class="badge badge-${status}">${status}</span>${duration} ${answeredBy === null ? '' : `by ${answeredBy}`}
    </p>
    ${lines.map(line)}
    <p class="meta"><code>${callSid}</code></p>
  </li>`;
}

function line({ at, kind, text }: CallLine): Html {
  return html`<p class="receipt">${timeOfDay(at)} ${HEARD[kind]}: ${text}</p>`;
}
