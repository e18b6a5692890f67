import { neededWebhooks } from '../../twilio/webhook-settings';
import { defineCheck } from '../check';
import { green, yellow } from '../finding';

/**
 * The account's webhooks beside those of the service. A service with a webhook of its own does not use the account's.
 * Source: https://www.twilio.com/docs/conversations/api/per-service-webhook-resource
 */
export const accountWebhooks = defineCheck({
  name: 'account-webhooks',
  after: ['credentials'],
  needs: ['PUBLIC_BASE_URL'],
  run: async ({ settings, twilio }) => {
    const { postWebhookUrl } = await twilio().readAccountWebhooks();
    if (postWebhookUrl === neededWebhooks(settings.PUBLIC_BASE_URL).postWebhookUrl) {
      return yellow({
        what: "The account's own webhooks lead to posthorn too.",
        why: 'They bring the events of all other services, which posthorn sends nothing through; for its own the webhook of the service counts.',
        remedy: 'Take the URL away at account level (Conversations, Global webhooks), and keep that of the service.',
      });
    }
    return postWebhookUrl === undefined
      ? green('The account has no webhook of its own beside that of the service.')
      : green('The account has another webhook of its own; the service does not use it, having its own.');
  },
});
