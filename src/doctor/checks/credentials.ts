import { TwilioError } from '../../twilio/twilio-error';
import { defineCheck } from '../check';
import { type Finding, green, red } from '../finding';

const REFUSED_LOGINS: readonly (number | undefined)[] = [401, 403];

/** Whether Twilio lets posthorn in. All that is asked of Twilio waits for it. */
export const credentials = defineCheck({
  name: 'credentials',
  needs: ['TWILIO_ACCOUNT_SID', 'TWILIO_API_KEY_SID', 'TWILIO_API_KEY_SECRET'],
  run: async ({ settings, twilio }): Promise<Finding> => {
    try {
      await twilio().readAccount();
    } catch (error) {
      if (error instanceof TwilioError && REFUSED_LOGINS.includes(error.status)) {
        return red({
          what: 'Twilio does not accept TWILIO_API_KEY_SID with TWILIO_API_KEY_SECRET for TWILIO_ACCOUNT_SID.',
          why: 'The worker could neither send nor ask about anything.',
          remedy:
            'Make a standard API key in the Twilio Console of this very account (a subaccount has keys of its own), and copy its SID and secret.',
        });
      }
      throw error;
    }
    const { TWILIO_API_BASE_URL: standIn } = settings;
    return green(
      `${standIn === undefined ? 'Twilio' : `What stands in for Twilio at ${standIn}`} accepts the API key.`,
    );
  },
});
