import { defineCheck } from '../check';
import { green, yellow } from '../finding';

const WHAT_IT_DOES =
  "Articles say that a conductor SID ties a call to a conversation. No API of Twilio's has such a thing: CN is the kind of connect apps, by which others act for an account. posthorn ties the two by its own key in the URLs of the call, and notes this identifier beside them.";

/** What articles call "conductor". Its kind was checked with the configuration. */
export const conductor = defineCheck({
  name: 'conductor',
  after: ['credentials'],
  needs: ['TWILIO_CONDUCTOR_SID'],
  run: async ({ settings, twilio }) =>
    (await twilio().hasConnectApp(settings.TWILIO_CONDUCTOR_SID))
      ? green('TWILIO_CONDUCTOR_SID is a connect app of the account, and does nothing for calls.', WHAT_IT_DOES)
      : yellow({
          what: 'The account has no connect app TWILIO_CONDUCTOR_SID.',
          why: WHAT_IT_DOES,
          remedy: 'Leave the variable out: nothing depends on it. Or copy the SID of a connect app of this account.',
        }),
});
