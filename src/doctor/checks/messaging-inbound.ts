import { webhookUrl } from '../../twilio/webhook-settings';
import { defineCheck } from '../check';
import { green, red } from '../finding';

const WHY = 'This webhook alone says how Twilio understood STOP, START and HELP (OptOutType).';

/** Where the messaging service sends inbound messages. */
export const messagingInbound = defineCheck({
  name: 'messaging-inbound',
  after: ['messaging-service'],
  needs: ['TWILIO_MESSAGING_SERVICE_SID', 'PUBLIC_BASE_URL'],
  run: async ({ settings, twilio }) => {
    const service = await twilio().readMessagingService(settings.TWILIO_MESSAGING_SERVICE_SID);
    const needed = webhookUrl(settings.PUBLIC_BASE_URL, 'messaging');
    if (service?.usesUrlOfNumber === true) {
      return red({
        what: 'The messaging service leaves inbound messages to the URL of each number.',
        why: WHY,
        remedy: 'Have it send them to its own webhook (Integration, "Send a webhook"), and not defer to the number.',
      });
    }
    if (service?.inboundRequestUrl === needed && service.inboundMethod === 'POST') {
      return green('The messaging service tells posthorn of inbound messages.');
    }
    const { inboundMethod = 'POST', inboundRequestUrl = 'nowhere' } = service ?? {};
    return red({
      what: `The messaging service sends inbound messages by ${inboundMethod} to ${inboundRequestUrl}`,
      why: WHY,
      remedy: `Set its InboundRequestUrl to ${needed} and its InboundMethod to POST; README.md has the command.`,
    });
  },
});
