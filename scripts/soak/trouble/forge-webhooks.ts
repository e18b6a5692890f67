import { type WebhookRecord } from '../../../src/simulator/logs/webhook-record';
import { type Random } from '../random';
import { repeat } from '../repeat';
import { type Stage } from '../stage/start-stage';
import { type Tally } from '../tally';

const ANSWER_WITHIN_MS = 10_000;
const FORBIDDEN = 403;

export interface ForgeWebhooksOptions {
  readonly stage: Pick<Stage, 'simulator' | 'apiUrl'>;
  /** Milliseconds between two. */
  readonly everyMs: number;
  readonly random: Random;
  readonly tally: Tally;
  readonly signal: AbortSignal;
}

type Forged = Pick<WebhookRecord, 'url' | 'fields' | 'signature'>;

/** Each makes something of a true webhook that Twilio never signed. */
const FORGERIES = {
  'changed status': (webhook: Forged): Forged => ({ ...webhook, fields: { ...webhook.fields, Status: 'canceled' } }),
  'added field': (webhook: Forged): Forged => ({ ...webhook, fields: { ...webhook.fields, Forged: '1' } }),
  'no signature': (webhook: Forged): Forged => ({ ...webhook, signature: '' }),
  'other signature': (webhook: Forged): Forged => ({
    ...webhook,
    signature: Buffer.from(webhook.signature, 'base64').reverse().toString('base64'),
  }),
} as const;

/** Sends forged webhooks, which have to be refused, and old ones once more, which must change nothing. */
export async function forgeWebhooks({ stage, everyMs, random, tally, signal }: ForgeWebhooksOptions): Promise<void> {
  await repeat(
    () => everyMs,
    signal,
    async () => {
      const webhooks = stage.simulator.control.webhooks({});
      const webhook = webhooks[random.between(0, webhooks.length - 1)];
      if (webhook === undefined) {
        return;
      }
      const kind = random.weighted({
        'changed status': 1,
        'added field': 1,
        'no signature': 1,
        'other signature': 1,
        'sent again': 4,
      });
      const request = kind === 'sent again' ? webhook : FORGERIES[kind](webhook);
      const status = await post(stage.apiUrl, request);
      tally.add(`forged:${kind}`);
      if (kind !== 'sent again' && status !== undefined && status !== FORBIDDEN) {
        tally.problem(`a forged webhook (${kind}) was answered with ${status} instead of ${FORBIDDEN}`);
      }
    },
  );
}

/** @returns the status of the answer; undefined when there was none. */
async function post(apiUrl: string, { url, fields, signature }: Forged): Promise<number | undefined> {
  try {
    const answer = await fetch(new URL(new URL(url).pathname, apiUrl), {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded', 'x-twilio-signature': signature },
      body: new URLSearchParams(fields),
      signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
    });
    await answer.arrayBuffer();
    return answer.status;
  } catch {
    return undefined;
  }
}
