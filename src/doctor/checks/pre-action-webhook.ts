import { defineCheck } from '../check';
import { green, red, yellow } from '../finding';

/**
 * The events that ask before something happens; those that tell of it afterwards end in `-ed`.
 * Source: https://www.twilio.com/docs/conversations/conversations-webhooks
 */
const ASKS_BEFORE = /^on\w+(Add|Remove|Update)$/;

const REMEDY =
  'Unless somebody needs it, take it away: in the Twilio Console, or with PreWebhookUrl set to nothing on the Configuration/Webhooks of the service.';

/** A pre-action URL can hold up or refuse everything that happens in the service. */
export const preActionWebhook = defineCheck({
  name: 'pre-action-webhook',
  after: ['conversation-service'],
  needs: ['TWILIO_CONVERSATIONS_SERVICE_SID'],
  run: async ({ settings, twilio }) => {
    const { filters, preWebhookUrl } = await twilio().readServiceWebhooks(settings.TWILIO_CONVERSATIONS_SERVICE_SID);
    if (preWebhookUrl === undefined) {
      return green('The conversation service has no pre-action URL.');
    }
    const asked = filters.filter((filter) => ASKS_BEFORE.test(filter));
    const what = `The conversation service has a pre-action URL, ${preWebhookUrl}`;
    return asked.length === 0
      ? yellow({
          what: `${what}. No filter makes use of it yet.`,
          why: 'With such a filter Twilio asks there first, and what is refused or not answered does not happen.',
          remedy: REMEDY,
        })
      : red({
          what: `${what}, and asks it at ${asked.join(', ')}.`,
          why: 'What is refused there, or not answered in time, does not happen: messages are lost or late.',
          remedy: REMEDY,
        });
  },
});
