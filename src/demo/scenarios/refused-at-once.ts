import { describeMessage } from '../describe-message';
import { messagesAtTwilio } from '../messages-at-twilio';
import { type Scenario } from '../scenario';

const RECIPIENT = '+12025550119';

/** "Invalid messaging binding address". https://www.twilio.com/docs/api/errors/50407 */
const INVALID_ADDRESS = 50407;

/** Twilio refuses the number in its answer, before there is a message that could have receipts. */
export const refusedAtOnce: Scenario = {
  title: 'Refused at once',
  recipients: [RECIPIENT],
  expected: [`1 sms refused ${INVALID_ADDRESS}`, '→ undeliverable', 'messages at Twilio: 0'],
  async play(stage, simulator) {
    simulator.addFault({
      operation: 'participants.create',
      address: RECIPIENT,
      requests: 'all',
      when: 'before',
      effect: { kind: 'respond', status: 400, code: INVALID_ADDRESS },
    });
    const messageId = await stage.send({ to: RECIPIENT, body: 'Your appointment is tomorrow at 9.' });
    return [...describeMessage(await stage.ended(messageId)), messagesAtTwilio(simulator, RECIPIENT)];
  },
};
