import { defineCheck } from '../check';
import { green, red, yellow } from '../finding';

/** Whether the sender is in the pool of the messaging service. */
export const messagingSenders = defineCheck({
  name: 'messaging-senders',
  after: ['messaging-service'],
  needs: ['TWILIO_MESSAGING_SERVICE_SID', 'TWILIO_FROM'],
  run: async ({ settings, twilio }) => {
    const service = await twilio().readMessagingService(settings.TWILIO_MESSAGING_SERVICE_SID);
    const phoneNumbers = service?.phoneNumbers ?? [];
    if (phoneNumbers.length === 0) {
      return red({
        what: 'The messaging service has no number in its sender pool.',
        why: 'Twilio refuses to send through a service without a sender (error 21703).',
        remedy: 'Add TWILIO_FROM to its sender pool in the Twilio Console.',
      });
    }
    return phoneNumbers.includes(settings.TWILIO_FROM)
      ? green('TWILIO_FROM is in the sender pool of the messaging service.')
      : yellow({
          what: 'TWILIO_FROM is not in the sender pool of the messaging service.',
          why: 'STOP to TWILIO_FROM is not told by the webhook of the service, and its opt-outs are kept apart.',
          remedy: 'Add the number to the sender pool, or leave TWILIO_MESSAGING_SERVICE_SID out.',
        });
  },
});
