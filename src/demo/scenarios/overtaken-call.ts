import { silentScript } from '../../simulator/delivery/preset-scripts';
import { callsAtTwilio, describeCall } from '../calls-at-twilio';
import { describeMessage } from '../describe-message';
import { type Scenario } from '../scenario';

const RECIPIENT = '+12025550124';

/** Longer than anybody watches: the phone rings until posthorn cancels the call. */
const RINGS_FOR_MS = 60_000;

/** The text arrives after all while the phone rings, so nobody has to answer it. */
export const overtakenCall: Scenario = {
  title: 'Delivered while the phone rings',
  recipients: [RECIPIENT],
  expected: ['1 sms delivered', '2 voice handed_over', 'call: canceled', '→ delivered'],
  async play(stage, simulator) {
    simulator.scriptAddress({ address: RECIPIENT, scripts: [{ messages: 'all', script: silentScript() }] });
    simulator.scriptCalls({
      to: RECIPIENT,
      scripts: [{ calls: 'all', script: { fate: { kind: 'human' }, ringMs: RINGS_FOR_MS } }],
    });
    const messageId = await stage.send({
      to: RECIPIENT,
      body: 'The cold store is at 9 degrees.',
      category: 'alert',
      policy: { deliveryTimeout: '1s', escalation: [{ channel: 'voice', ringTimeout: '90s' }] },
    });
    await stage.called(messageId);
    await stage.until('the phone rings', () =>
      simulator.calls({ to: RECIPIENT }).find(({ status }) => status === 'ringing'),
    );
    const [message] = simulator.snapshot({ address: RECIPIENT }).conversations.flatMap(({ messages }) => messages);
    await simulator.updateReceipt({ messageSid: message?.messageSid ?? '', status: 'delivered' });
    const lines = describeMessage(await stage.ended(messageId));
    const calls = await callsAtTwilio(stage, simulator, RECIPIENT);
    return [...lines.slice(0, -1), ...calls.map(describeCall), ...lines.slice(-1)];
  },
};
