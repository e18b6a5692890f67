import { defineCheck } from '../check';
import { green, red, yellow } from '../finding';

/** Whether the tokens that webhooks are verified with are the account's. */
export const authToken = defineCheck({
  name: 'auth-token',
  after: ['credentials'],
  needs: ['TWILIO_AUTH_TOKEN', 'TWILIO_ACCOUNT_SID'],
  run: async ({ acceptsAuthToken, settings }) => {
    const accepted = await Promise.all(settings.TWILIO_AUTH_TOKEN.map(acceptsAuthToken));
    if (!accepted.includes(true)) {
      return red({
        what: "TWILIO_AUTH_TOKEN is not the account's auth token.",
        why: 'Twilio signs webhooks with the primary auth token, so every receipt and every reply would be refused with 403.',
        remedy:
          'Copy the primary auth token of TWILIO_ACCOUNT_SID from the Twilio Console; the secret of an API key signs nothing.',
      });
    }
    const stale = accepted.indexOf(false);
    return stale === -1
      ? green("TWILIO_AUTH_TOKEN is the account's auth token.")
      : yellow({
          what: `Entry ${stale + 1} of TWILIO_AUTH_TOKEN is no auth token of the account.`,
          why: 'Whoever has an old token could sign webhooks that posthorn takes for genuine.',
          remedy: 'Once the rotation is over, leave the old token out and start the API anew.',
        });
  },
});
