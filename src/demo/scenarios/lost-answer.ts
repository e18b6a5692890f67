import { describeMessage } from '../describe-message';
import { messagesAtTwilio } from '../messages-at-twilio';
import { type Scenario } from '../scenario';

const RECIPIENT = '+12025550120';

/** Twilio takes the message, but the connection breaks before its answer: posthorn finds it again and does not send twice. */
export const lostAnswer: Scenario = {
  title: "Twilio's answer lost, sent once",
  recipients: [RECIPIENT],
  expected: ['1 sms delivered', '→ delivered', 'messages at Twilio: 1'],
  async play(stage, simulator) {
    simulator.addFault({
      operation: 'messages.create',
      address: RECIPIENT,
      requests: 1,
      when: 'after',
      effect: { kind: 'reset' },
    });
    const messageId = await stage.send({ to: RECIPIENT, body: 'Your code is 112233.', category: 'security' });
    return [...describeMessage(await stage.ended(messageId)), messagesAtTwilio(simulator, RECIPIENT)];
  },
};
