import { silentScript } from '../../simulator/delivery/preset-scripts';
import { callsAtTwilio, describeCall } from '../calls-at-twilio';
import { describeMessage } from '../describe-message';
import { type Scenario } from '../scenario';

const RECIPIENT = '+12025550121';

/** Nobody hears back from the text, so posthorn calls; whoever takes the call presses 1. */
export const called: Scenario = {
  title: 'Silence, then a call: key 1',
  recipients: [RECIPIENT],
  expected: ['1 sms sent', '2 voice acknowledged', 'call: completed by human, pressed 1', '→ acknowledged'],
  async play(stage, simulator) {
    simulator.scriptAddress({ address: RECIPIENT, scripts: [{ messages: 'all', script: silentScript() }] });
    simulator.scriptCalls({
      to: RECIPIENT,
      scripts: [{ calls: 'all', script: { fate: { kind: 'human', keys: ['1'] }, ringMs: 200, secondMs: 10 } }],
    });
    const messageId = await stage.send({
      to: RECIPIENT,
      body: 'The cold store is at 9 degrees.',
      category: 'alert',
      policy: {
        deliveryTimeout: '1s',
        escalation: [{ channel: 'voice', say: 'The cold store is at nine degrees.', acknowledge: 'keypress' }],
      },
    });
    const lines = describeMessage(await stage.ended(messageId));
    const calls = await callsAtTwilio(stage, simulator, RECIPIENT);
    return [...lines.slice(0, -1), ...calls.map(describeCall), ...lines.slice(-1)];
  },
};
