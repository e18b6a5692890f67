import { defineCheck } from '../check';
import { green, red, yellow } from '../finding';

/** Whether the account is the configured one and may send. */
export const account = defineCheck({
  name: 'account',
  after: ['credentials'],
  needs: ['TWILIO_ACCOUNT_SID'],
  run: async ({ settings, twilio }) => {
    const { accountSid, status, type } = await twilio().readAccount();
    if (accountSid !== settings.TWILIO_ACCOUNT_SID) {
      return red({
        what: `The API key belongs to the account ${accountSid}, not to TWILIO_ACCOUNT_SID.`,
        why: 'Webhooks of any other account than TWILIO_ACCOUNT_SID are refused.',
        remedy: 'Set TWILIO_ACCOUNT_SID to the account of the API key, or make a key in the account that is meant.',
      });
    }
    if (status !== 'active') {
      return red({
        what: `The account is ${status}.`,
        why: 'Twilio refuses every message and every call of such an account.',
        remedy: 'See the Twilio Console: a suspended account has to be settled with Twilio, a closed one replaced.',
      });
    }
    return type === 'Trial'
      ? yellow({
          what: 'The account is a trial account.',
          why: 'It reaches verified numbers only, and puts a text of its own before each message.',
          remedy: 'Upgrade the account in the Twilio Console before you go live.',
        })
      : green('The account is active.');
  },
});
