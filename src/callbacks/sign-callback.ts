import { Webhook } from 'standardwebhooks';

/** The headers of a signed callback. */
export interface SignatureHeaders extends Readonly<Record<string, string>> {
  readonly 'webhook-id': string;
  readonly 'webhook-timestamp': string;
  readonly 'webhook-signature': string;
}

/**
 * Signs a callback with every secret of its tenant, so that a receiver that knows any of them can verify it.
 * Source: https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md (Signature scheme)
 * @param secrets `whsec_` and base64, at least one.
 * @param sentAt of this try; receivers refuse what is minutes old.
 */
export function signCallback(
  callbackId: string,
  body: string,
  secrets: readonly string[],
  sentAt: Date,
): SignatureHeaders {
  return {
    'webhook-id': callbackId,
    'webhook-timestamp': String(Math.floor(sentAt.getTime() / 1000)),
    'webhook-signature': secrets.map((secret) => new Webhook(secret).sign(callbackId, sentAt, body)).join(' '),
  };
}
