import { undeliveredScript } from '../../simulator/delivery/preset-scripts';
import { describeMessage } from '../describe-message';
import { type Scenario } from '../scenario';

const RECIPIENT = '+12025550111';

/** "Unknown error" of the carrier, which passes. https://www.twilio.com/docs/api/errors/30008 */
const UNKNOWN_ERROR = 30008;

/** What may pass is tried again. */
export const retried: Scenario = {
  title: 'A passing error, retried',
  recipients: [RECIPIENT],
  expected: [`1 sms undelivered ${UNKNOWN_ERROR}`, '2 sms delivered', '→ delivered'],
  async play(stage, simulator) {
    simulator.scriptAddress({
      address: RECIPIENT,
      scripts: [{ messages: 1, script: undeliveredScript(UNKNOWN_ERROR) }],
    });
    const messageId = await stage.send({
      to: RECIPIENT,
      body: 'Your parcel arrives today.',
      policy: { retry: { initialDelay: '500ms' } },
    });
    return describeMessage(await stage.ended(messageId));
  },
};
