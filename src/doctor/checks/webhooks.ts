import { describeDifferences, differences, isOnlyTooMuch, neededWebhooks } from '../../twilio/webhook-settings';
import { defineCheck } from '../check';
import { green, red, yellow } from '../finding';

/** How the check is called whose findings `--fix` mends. */
export const WEBHOOKS_CHECK = 'webhooks';

const REMEDY = 'Run posthorn doctor --fix, or posthorn webhooks apply.';

/** URL, method and filters of the conversation service. */
export const webhooks = defineCheck({
  name: WEBHOOKS_CHECK,
  after: ['conversation-service'],
  needs: ['TWILIO_CONVERSATIONS_SERVICE_SID', 'PUBLIC_BASE_URL'],
  run: async ({ settings, twilio }) => {
    const actual = await twilio().readServiceWebhooks(settings.TWILIO_CONVERSATIONS_SERVICE_SID);
    const lines = differences(actual, neededWebhooks(settings.PUBLIC_BASE_URL));
    if (lines.length === 0) {
      return green('The conversation service sends posthorn the webhooks that it needs.');
    }
    const what = ['The webhooks of the conversation service differ:', ...describeDifferences(lines)].join('\n');
    return isOnlyTooMuch(lines)
      ? yellow({ what, why: 'posthorn has no use for these events; each costs a request.', remedy: REMEDY })
      : red({
          what,
          why: 'Without its webhooks posthorn hears of receipts late, and of replies never.',
          remedy: REMEDY,
        });
  },
});
