import { changeReceipt } from '../actions/change-receipt';
import { type DeliveryReceipt } from '../entities/delivery-receipt';
import { type Simulation } from '../simulation';
import { type DeliveryScript, type ReceiptStep } from './delivery-script';
import { type Teller, createTeller } from './teller';
import { type WebhookEvent } from '../webhooks/webhook-event';

/**
 * Plays a script on a receipt.
 * @returns resolves when the steps that come before the answer are told; the rest goes on by itself.
 */
export async function playReceipt(
  simulation: Simulation,
  receipt: DeliveryReceipt,
  script: DeliveryScript,
): Promise<void> {
  const teller = createTeller(simulation.timers, simulation.webhooks, script.webhooks);
  const later = script.steps.findIndex((step) => !step.beforeAnswer);
  const early = later === -1 ? script.steps : script.steps.slice(0, later);
  for (const step of early) {
    if (!(await simulation.timers.sleep(step.delayMs))) {
      return;
    }
    await changeReceipt(simulation, receipt, step, teller);
  }
  playFrom(simulation, receipt, script.steps, early.length, teller);
}

function playFrom(
  simulation: Simulation,
  receipt: DeliveryReceipt,
  steps: readonly ReceiptStep[],
  index: number,
  teller: Teller<WebhookEvent>,
): void {
  const step = steps[index];
  if (step === undefined) {
    teller.finish();
    return;
  }
  simulation.timers.after(step.delayMs, () => {
    void changeReceipt(simulation, receipt, step, teller);
    playFrom(simulation, receipt, steps, index + 1, teller);
  });
}
