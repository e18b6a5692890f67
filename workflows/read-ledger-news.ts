import { CONVERSATION_CHANNEL } from '../src/domain/channel';
import { type StepCall, type StepMessage, stepAt } from '../src/domain/step-message';
import { records } from './activity-proxies';
import { type Delivery } from './delivery';
import { summary } from './summary';

/**
 * Reads the ledger when it has something new about the recipient. A STOP that covers the step that the delivery stands on ends the
 * message; every send asks the ledger itself, so that this need not see everything.
 * @returns whether there was something new.
 */
export async function readLedgerNews(delivery: Delivery): Promise<boolean> {
  if (delivery.hasLedgerNews !== true) {
    return false;
  }
  delete delivery.hasLedgerNews;
  const step = messageStepOf(delivery);
  if (step !== undefined) {
    const { channel, from, to } = step;
    const input = {
      message: delivery.input,
      step: { channel, recipient: to, ...(from === undefined ? {} : { sender: from }) },
    };
    if (await records.askLedger.executeWithOptions(summary('somebody said something: read the ledger'), [input])) {
      delivery.isOptedOut = true;
    }
  }
  return true;
}

/** The message that the delivery is about: that of its step, and while a person is asked that of the step before. */
function messageStepOf({ input: { request }, position }: Delivery): StepMessage | StepCall | undefined {
  for (let number = position.step; number >= 0; number -= 1) {
    const step = stepAt(request, number);
    if (step.channel === CONVERSATION_CHANNEL) {
      return undefined;
    }
    if (step.channel !== 'human') {
      return step;
    }
  }
  return undefined;
}
