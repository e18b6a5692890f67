import { silentScript } from '../../simulator/delivery/preset-scripts';
import { callsAtTwilio, describeCall, describeLastWords } from '../calls-at-twilio';
import { describeMessage } from '../describe-message';
import { type Scenario } from '../scenario';

const RECIPIENT = '+12025550122';
const QUEUE = 'night-shift';

const LEFT = 'Please call the control room.';

/** A machine takes the call and is left a message, which proves nothing: a person is asked, and takes it. */
export const voicemail: Scenario = {
  title: 'Voicemail, then a person',
  recipients: [RECIPIENT],
  expected: [
    '1 sms sent',
    '2 voice not_reached',
    'call: completed by machine_end_beep',
    `last said: ${LEFT}`,
    `a task in ${QUEUE}`,
    '→ acknowledged',
  ],
  async play(stage, simulator) {
    simulator.scriptAddress({ address: RECIPIENT, scripts: [{ messages: 'all', script: silentScript() }] });
    simulator.scriptCalls({
      to: RECIPIENT,
      scripts: [{ calls: 'all', script: { fate: { kind: 'machine' }, ringMs: 200, secondMs: 500 } }],
    });
    const messageId = await stage.send({
      to: RECIPIENT,
      body: 'The cold store is at 9 degrees.',
      category: 'alert',
      policy: {
        deliveryTimeout: '1s',
        escalation: [
          { channel: 'voice', voicemail: LEFT, maxAttempts: 1 },
          { channel: 'human', queue: QUEUE, acknowledgeTimeout: '5m' },
        ],
      },
    });
    const { queue } = await stage.taskFor(messageId, QUEUE);
    await stage.acknowledge(messageId, 'the demo');
    const lines = describeMessage(await stage.ended(messageId));
    const calls = await callsAtTwilio(stage, simulator, RECIPIENT);
    const heard = calls.flatMap((call) => [describeCall(call), describeLastWords(call)]);
    return [...lines.slice(0, -1), ...heard, `a task in ${queue}`, ...lines.slice(-1)];
  },
};
