import { LOCAL_SENDERS } from '../../local/stack-variables';
import { describeMessage } from '../describe-message';
import { type Scenario } from '../scenario';
import { heldBackAfter, sendAfterOptOut } from '../send-after-opt-out';

const RECIPIENT = '+12025550113';

/** A person answers STOP to a message that arrived, and hears nothing more. */
export const stopReply: Scenario = {
  title: 'The recipient replies STOP',
  recipients: [RECIPIENT],
  expected: ['1 sms delivered', '→ delivered', ...heldBackAfter('inbound_word')],
  async play(stage, simulator) {
    const first = await stage.ended(await stage.send({ to: RECIPIENT, body: 'New in our shop: umbrellas.' }));
    simulator.receiveInbound({ from: RECIPIENT, to: LOCAL_SENDERS.sms, body: 'STOP' });
    const next = await sendAfterOptOut(stage, simulator, { to: RECIPIENT, body: 'New in our shop: raincoats.' });
    return [...describeMessage(first), ...next];
  },
};
