import { type Call, type CallMoment } from '../entities/call';
import { type Html, html } from './html';
import { timeOfDay } from './time-of-day';

/** Words for a moment, before its text. */
const WORDS: Readonly<Record<CallMoment['kind'], string>> = {
  placed: 'Call',
  dialled: 'Dialling',
  ringing: 'Ringing',
  answered: 'Answered',
  detected: 'Taken by',
  redirected: 'Told to do something else',
  ended: 'Ended:',
  said: 'Said:',
  pressed: 'Pressed',
  connected: 'Connected with',
  error: 'Failed:',
};

/** A moment of a call as a row of a timeline: the first one names the call and how it stands, the others follow below it. */
export function callMomentItem(call: Call, { at, kind, text }: CallMoment): Html {
  return kind === 'placed'
    ? callHead(call)
    : html`<li class="call moment moment-${kind}">${timeOfDay(at)} <strong>${WORDS[kind]}</strong> ${text}</li>`;
}

function callHead({ answeredBy, callSid, createdAt, from, status, to }: Call): Html {
  return html`<li class="message call">
    <p class="meta">Call from ${from} to ${to} at ${timeOfDay(createdAt)}</p>
    <p><span class="badge badge-${status}">${status}</span> ${answeredBy === null ? '' : `by ${answeredBy}`}</p>
    <p class="meta"><code>${callSid}</code></p>
  </li>`;
}
