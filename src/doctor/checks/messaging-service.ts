import { defineCheck } from '../check';
import { green, red } from '../finding';

/** Whether the account has the messaging service. */
export const messagingService = defineCheck({
  name: 'messaging-service',
  after: ['credentials'],
  needs: ['TWILIO_MESSAGING_SERVICE_SID'],
  run: async ({ settings, twilio }) =>
    (await twilio().readMessagingService(settings.TWILIO_MESSAGING_SERVICE_SID)) === undefined
      ? red({
          what: 'The account has no messaging service TWILIO_MESSAGING_SERVICE_SID.',
          why: 'New conversations belong to it, so none can be made.',
          remedy: 'Copy the SID of one from the Twilio Console (Messaging, Services), or leave the variable out.',
        })
      : green('The account has the messaging service.'),
});
