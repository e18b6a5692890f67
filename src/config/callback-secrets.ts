/** A secret with which a tenant's callbacks are signed. A tenant may have several, so that they can be changed without a gap. */
export interface CallbackSecret {
  readonly tenant: string;
  /** As Standard Webhooks writes it: `whsec_` and base64. */
  readonly secret: string;
}

/** Source: https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md (Symmetric) */
const LEAST_BYTES = 24;
const MOST_BYTES = 64;

/**
 * Reads one `tenant:whsec_…` pair.
 * @throws Error that says what is wrong without repeating the secret.
 */
export function readCallbackSecret(text: string): CallbackSecret {
  const [, tenant, secret, base64] = /^([A-Za-z0-9][\w.-]{0,63}):(whsec_([A-Za-z0-9+/]+={0,2}))$/.exec(text) ?? [];
  if (tenant === undefined || secret === undefined || base64 === undefined) {
    throw new Error(
      'is not tenant:whsec_…: write the tenant, a colon, whsec_ and a key in base64, such as from `openssl rand -base64 32`',
    );
  }
  const bytes = Buffer.from(base64, 'base64');
  if (base64.length % 4 !== 0 || bytes.length < LEAST_BYTES || bytes.length > MOST_BYTES) {
    throw new Error(
      `has a key of ${bytes.length} bytes: write ${LEAST_BYTES} to ${MOST_BYTES} bytes in base64 after whsec_, such as from \`openssl rand -base64 32\``,
    );
  }
  return { tenant, secret };
}
