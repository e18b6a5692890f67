import { defineCheck } from '../check';
import { green, red } from '../finding';

/** Whether the account has the conversation service. */
export const conversationService = defineCheck({
  name: 'conversation-service',
  after: ['credentials'],
  needs: ['TWILIO_CONVERSATIONS_SERVICE_SID'],
  run: async ({ settings, twilio }) =>
    (await twilio().hasConversationService(settings.TWILIO_CONVERSATIONS_SERVICE_SID))
      ? green('The account has the conversation service.')
      : red({
          what: 'The account has no conversation service TWILIO_CONVERSATIONS_SERVICE_SID.',
          why: 'Every message goes through it.',
          remedy: "Copy the SID of one of the account's services; README.md says how to list or make one.",
        }),
});
