import { waitInTime } from './deadline';
import { type Delivery } from './delivery';
import { isInterrupted } from './interruption';
import { summary } from './summary';

/**
 * Waits for the moment that the request names. Temporal starts the workflow then, so that there is nothing to wait for,
 * unless an update came earlier: that has to be answered at once.
 */
export async function waitForSendAt(delivery: Delivery): Promise<void> {
  const { sendAt } = delivery.input.request;
  const leftMs = sendAt === undefined ? 0 : Date.parse(sendAt) - Date.now();
  if (leftMs > 0) {
    await waitInTime(delivery, () => isInterrupted(delivery), leftMs, summary(`send at ${sendAt ?? ''}`));
  }
}
