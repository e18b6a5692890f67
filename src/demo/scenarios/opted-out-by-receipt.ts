import { failedScript } from '../../simulator/delivery/preset-scripts';
import { describeMessage } from '../describe-message';
import { type Scenario } from '../scenario';
import { heldBackAfter, sendAfterOptOut } from '../send-after-opt-out';

const RECIPIENT = '+12025550112';

/** "Attempt to send to unsubscribed recipient". https://www.twilio.com/docs/api/errors/21610 */
const UNSUBSCRIBED = 21610;

/** Twilio's refusal marks the recipient in the ledger, and the next message never leaves posthorn. */
export const optedOutByReceipt: Scenario = {
  title: 'Opted out, says a receipt',
  recipients: [RECIPIENT],
  expected: [`1 sms failed ${UNSUBSCRIBED}`, '→ opted_out', ...heldBackAfter('receipt')],
  async play(stage, simulator) {
    simulator.scriptAddress({ address: RECIPIENT, scripts: [{ messages: 1, script: failedScript(UNSUBSCRIBED) }] });
    const request = {
      to: RECIPIENT,
      body: 'Our summer sale has begun.',
      category: 'marketing',
      ignoreQuietHours: { reason: 'the tour is played at any time of day' },
    } as const;
    const first = await stage.ended(await stage.send(request));
    const next = await sendAfterOptOut(stage, simulator, { ...request, body: 'Our summer sale ends today.' });
    return [...describeMessage(first), ...next];
  },
};
