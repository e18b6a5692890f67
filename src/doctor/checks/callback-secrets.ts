import { defineCheck } from '../check';
import { green, yellow } from '../finding';

/** Secrets and tenants have to fit together. */
export const callbackSecrets = defineCheck({
  name: 'callback-secrets',
  needs: ['POSTHORN_API_KEYS', 'POSTHORN_CALLBACK_SECRETS'],
  run: ({ settings }) => {
    const tenants = namesOf(settings.POSTHORN_API_KEYS);
    const withSecret = namesOf(settings.POSTHORN_CALLBACK_SECRETS);
    if (withSecret.length === 0) {
      return green('No tenant has a callback secret: requests with callbackUrl are refused.');
    }
    const strangers = withSecret.filter((tenant) => !tenants.includes(tenant));
    if (strangers.length > 0) {
      return yellow({
        what: `POSTHORN_CALLBACK_SECRETS has a tenant without an API key: ${strangers.join(', ')}.`,
        why: 'Mostly a name that was written differently; the tenant that is meant cannot use callbackUrl.',
        remedy: 'Write the tenant as in POSTHORN_API_KEYS, or take the secret out.',
      });
    }
    const without = tenants.filter((tenant) => !withSecret.includes(tenant));
    return without.length === 0
      ? green('Every tenant has a callback secret.')
      : yellow({
          what: `Without a callback secret: ${without.join(', ')}.`,
          why: 'Their requests with callbackUrl are refused.',
          remedy: 'Add tenant:whsec_… to POSTHORN_CALLBACK_SECRETS, with a key from openssl rand -base64 32.',
        });
  },
});

function namesOf(entries: readonly { readonly tenant: string }[]): string[] {
  return [...new Set(entries.map(({ tenant }) => tenant))];
}
