import { silentScript } from '../../simulator/delivery/preset-scripts';
import { describeMessage } from '../describe-message';
import { messagesAtTwilio } from '../messages-at-twilio';
import { type Scenario } from '../scenario';

const RECIPIENT = '+12025550115';
const SECOND_RECIPIENT = '+12025550116';
const QUEUE = 'front-desk';

/** Nobody hears back from the first number, nor from the second; a person then takes it. */
export const escalated: Scenario = {
  title: 'Silence, escalated to a person',
  recipients: [RECIPIENT, SECOND_RECIPIENT],
  expected: [
    '1 sms sent',
    '2 sms sent',
    `a task in ${QUEUE}`,
    '→ acknowledged',
    'to the second number:',
    'messages at Twilio: 1',
  ],
  async play(stage, simulator) {
    for (const address of [RECIPIENT, SECOND_RECIPIENT]) {
      simulator.scriptAddress({ address, scripts: [{ messages: 'all', script: silentScript() }] });
    }
    const messageId = await stage.send({
      to: RECIPIENT,
      body: 'The cold store is at 9 degrees.',
      category: 'alert',
      policy: {
        deliveryTimeout: '1s',
        escalation: [
          { channel: 'sms', to: SECOND_RECIPIENT, deliveryTimeout: '1s' },
          { channel: 'human', queue: QUEUE, acknowledgeTimeout: '5m' },
        ],
      },
    });
    const { queue } = await stage.taskFor(messageId, QUEUE);
    await stage.acknowledge(messageId, 'the demo');
    const lines = describeMessage(await stage.ended(messageId));
    return [
      ...lines.slice(0, -1),
      `a task in ${queue}`,
      ...lines.slice(-1),
      'to the second number:',
      messagesAtTwilio(simulator, SECOND_RECIPIENT),
    ];
  },
};
