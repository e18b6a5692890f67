import { type DeliveryScriptInput } from '../../simulator/delivery/delivery-script';
import { describeMessage } from '../describe-message';
import { type Scenario } from '../scenario';

const RECIPIENT = '+12025550117';

/** Twilio delivers but its webhooks never come; posthorn asks at the deadline. */
export const lostWebhook: Scenario = {
  title: 'A lost webhook, found by polling',
  recipients: [RECIPIENT],
  expected: ['1 sms delivered', '→ delivered', 'told by webhook: no', 'told by poll: yes'],
  async play(stage, simulator) {
    const script: DeliveryScriptInput = {
      steps: [{ status: 'sent' }, { status: 'delivered' }],
      webhooks: { drop: true },
    };
    simulator.scriptAddress({ address: RECIPIENT, scripts: [{ messages: 'all', script }] });
    const messageId = await stage.send({
      to: RECIPIENT,
      body: 'Your table is ready.',
      policy: { deliveryTimeout: '1s' },
    });
    const message = await stage.ended(messageId);
    const toldBy = (source: string): string =>
      message.timeline.some((entry) => entry['kind'] === 'receipt' && entry['source'] === source) ? 'yes' : 'no';
    return [...describeMessage(message), `told by webhook: ${toldBy('webhook')}`, `told by poll: ${toldBy('poll')}`];
  },
};
