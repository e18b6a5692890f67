import { type Simulation } from '../simulation';
import { html } from './html';
import { livePart } from './live-part';
import { replyForm } from './reply-form';

const NAVIGATION = html`<nav aria-label="Sections">
  <ul>
    <li><a href="#h-reply">Write</a></li>
    <li><a href="#h-conversations">Conversations</a></li>
    <li><a href="#h-calls">Calls</a></li>
    <li><a href="#h-webhooks">Webhook deliveries</a></li>
    <li><a href="#h-events">Events</a></li>
  </ul>
</nav>`;

/** What the page opens with. */
export interface PageOpening {
  /** SID of the participant chosen in the reply form. */
  readonly participantSid: string | null;
  /** What became of the reply that was just sent. */
  readonly notice: string | null;
}

/** The inspector page as an HTML document. */
export function inspectorPage(simulation: Simulation, { participantSid, notice }: PageOpening): string {
  const { accountSid } = simulation.state;
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>Twilio Conversations simulator</title>
        <link rel="icon" href="data:," />
        <link rel="stylesheet" href="/inspector/style.css" />
        <script src="/inspector/script.js" defer></script>
      </head>
      <body>
        <a class="skip" href="#conversations">Skip to the conversations</a>
        <header>
          <h1>Twilio Conversations simulator</h1>
          <p class="meta">
            Account <code>${accountSid}</code>. Only webhooks leave it, to the URLs that are configured.
          </p>
          ${NAVIGATION}
        </header>
        <main>
          <section aria-labelledby="h-reply">
            <h2 id="h-reply">Write as a participant</h2>
            ${replyForm(simulation.state, participantSid, notice)}
          </section>
          <p id="refresh-line">
            <label><input type="checkbox" id="refresh" checked /> Refresh every two seconds</label>
          </p>
          <div id="conversations" tabindex="-1">${livePart(simulation)}</div>
        </main>
      </body>
    </html>`.html;
}
