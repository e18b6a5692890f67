import { undeliveredScript } from '../../simulator/delivery/preset-scripts';
import { describeMessage } from '../describe-message';
import { type Scenario } from '../scenario';

const RECIPIENT = '+12025550114';

/** "Message filtered". https://www.twilio.com/docs/api/errors/30007 */
const FILTERED = 30007;

/** A filtered text is not sent again as it is; the recipient has said nothing, so the ledger stays empty. */
export const filtered: Scenario = {
  title: 'Filtered, which is no opt-out',
  recipients: [RECIPIENT],
  expected: [`1 sms undelivered ${FILTERED}`, '→ undeliverable', 'ledger: 0 entries'],
  async play(stage, simulator) {
    simulator.scriptAddress({
      address: RECIPIENT,
      scripts: [{ messages: 'all', script: undeliveredScript(FILTERED) }],
    });
    const messageId = await stage.send({ to: RECIPIENT, body: 'You have won! Click here.' });
    const message = await stage.ended(messageId);
    const { history } = await stage.optOutHistory(RECIPIENT);
    return [...describeMessage(message), `ledger: ${history.length} entries`];
  },
};
