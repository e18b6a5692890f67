import { describeMessage } from '../describe-message';
import { type Scenario } from '../scenario';

const RECIPIENT = '+12025550110';

/** The usual case, with nothing but the defaults. */
export const delivered: Scenario = {
  title: 'Delivered',
  recipients: [RECIPIENT],
  expected: ['1 sms delivered', '→ delivered'],
  async play(stage) {
    const messageId = await stage.send({ to: RECIPIENT, body: 'Your parcel arrives today.' });
    return describeMessage(await stage.ended(messageId));
  },
};
