import { defineCheck } from '../check';
import { green, yellow } from '../finding';

/** "The recipient has opted out of this sender or messaging service." Source: https://www.twilio.com/docs/api/errors/21610 */
const OPTED_OUT_CODE = 21610;

/** Senders of one messaging service share their opt-outs. */
export const optOutScope = defineCheck({
  name: 'opt-out-scope',
  needs: ['TWILIO_MESSAGING_SERVICE_SID', 'POSTHORN_OPT_OUT_ERROR_CODES'],
  run: ({ settings }) =>
    settings.POSTHORN_OPT_OUT_ERROR_CODES.some(({ code, reach }) => code === OPTED_OUT_CODE && reach === 'sender')
      ? yellow({
          what: 'POSTHORN_OPT_OUT_ERROR_CODES takes 21610 as an opt-out of one sender, and there is a messaging service.',
          why: 'The senders of a messaging service share their opt-outs: the next sender would only be refused as well.',
          remedy: 'Set POSTHORN_OPT_OUT_ERROR_CODES=21610:channel,63014:channel,63033:marketing',
        })
      : green('Opt-outs reach as far as the messaging service shares them.'),
});
