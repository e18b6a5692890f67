import { CancellationScope, setHandler } from '@temporalio/workflow';
import { nextStep } from '../src/domain/next-step';
import { type Outcome } from '../src/domain/outcome';
import { backOff } from './back-off';
import { close } from './close';
import {
  type AcknowledgeRequest,
  acknowledgeUpdate,
  type CancelRequest,
  cancelUpdate,
  type DeliverMessageInput,
  deliveryEventSignal,
  stateQuery,
} from './contract';
import { createDelivery, type Delivery, hear } from './delivery';
import { escalate } from './escalate';
import { runStep } from './run-step';
import { stateFor } from './state-for';
import { acknowledge, assertCancelable, assertTaskOpen, cancel } from './updates';

/** Follows one message until it has landed or somebody knows why not. */
export async function deliverMessage(input: DeliverMessageInput): Promise<Outcome> {
  const delivery = createDelivery(input);
  setHandler(deliveryEventSignal, (event) => hear(delivery, event));
  setHandler(cancelUpdate, (request) => cancel(delivery, request), {
    validator: (request: CancelRequest) => assertCancelable(delivery, request),
  });
  setHandler(acknowledgeUpdate, (request) => acknowledge(delivery, request), {
    validator: (request: AcknowledgeRequest) => assertTaskOpen(delivery, request),
  });
  setHandler(stateQuery, () => stateFor(delivery));
  // Temporal's own "request cancellation" is a cancellation like any other: the message still ends with an outcome.
  CancellationScope.current().cancelRequested.catch(() => cancel(delivery, { by: 'temporal' }));

  return await CancellationScope.nonCancellable(() => deliver(delivery));
}

/**
 * The story: make an attempt, see what became of it, then retry, escalate or end, as the policy says.
 * A late proof of delivery or a cancellation ends it wherever it stands.
 */
async function deliver(delivery: Delivery): Promise<Outcome> {
  for (;;) {
    const result = await runStep(delivery);
    const next = nextStep(delivery.input.request.policy, delivery.position, result);
    switch (next.kind) {
      case 'retry':
        await backOff(delivery, result, next.delayMs);
        break;
      case 'escalate':
        await escalate(delivery, result, next);
        break;
      case 'end':
        return await close(delivery, result, next.outcome);
    }
  }
}
