import { type Html, html } from './html';

/** A moment as the time of day in UTC, to the millisecond. */
export function timeOfDay(date: Date): Html {
  const iso = date.toISOString();
  return html`<time datetime="${iso}">${iso.slice(11, 23)}</time>`;
}
