import { undeliveredScript } from '../../simulator/delivery/preset-scripts';
import { describeMessage } from '../describe-message';
import { messagesAtTwilio } from '../messages-at-twilio';
import { type Scenario } from '../scenario';

const RECIPIENT = '+12025550118';

/** "Unknown destination handset". https://www.twilio.com/docs/api/errors/30005 */
const UNKNOWN_HANDSET = 30005;

/** A number that nobody has any more: there is no point in a second try. */
export const unknownNumber: Scenario = {
  title: 'A number out of use',
  recipients: [RECIPIENT],
  expected: [`1 sms undelivered ${UNKNOWN_HANDSET}`, '→ undeliverable', 'messages at Twilio: 1'],
  async play(stage, simulator) {
    const script = undeliveredScript(UNKNOWN_HANDSET);
    simulator.scriptAddress({ address: RECIPIENT, scripts: [{ messages: 'all', script }] });
    const messageId = await stage.send({ to: RECIPIENT, body: 'Your appointment is tomorrow at 9.' });
    return [...describeMessage(await stage.ended(messageId)), messagesAtTwilio(simulator, RECIPIENT)];
  },
};
