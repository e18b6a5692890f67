import { type Stage } from '../stage/start-stage';
import { type Tally } from '../tally';

/** Counts what Twilio's side has told since the last call: answered, failed and dropped webhooks. */
export function createWebhookCounter({ simulator }: Pick<Stage, 'simulator'>, tally: Tally): () => void {
  let since = 0;
  return () => {
    for (const { kind, sequence } of simulator.control.events({ since })) {
      since = sequence;
      if (kind.startsWith('webhook.')) {
        tally.add(kind);
      }
    }
  };
}
