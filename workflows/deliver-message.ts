import { allHandlersFinished, CancellationScope, condition, setHandler } from '@temporalio/workflow';
import { type AttemptResult } from '../src/domain/attempt-result';
import { endOfAttempt } from '../src/domain/end-of-attempt';
import { nextStep } from '../src/domain/next-step';
import { type Outcome, type OutcomeKind } from '../src/domain/outcome';
import { whenTimeIsOver } from '../src/domain/when-time-is-over';
import { backOff } from './back-off';
import { close } from './close';
import {
  type AcknowledgeRequest,
  acknowledgeUpdate,
  callEventSignal,
  type CancelRequest,
  cancelUpdate,
  type DeliverMessageInput,
  deliveryEventSignal,
  ledgerChangedSignal,
  readLedgerUpdate,
  type ReleaseRequest,
  releaseUpdate,
  stateQuery,
} from './contract';
import { isExpired } from './deadline';
import { createDelivery, type Delivery, hear, hearOfLedger } from './delivery';
import { endLostCalls } from './end-lost-calls';
import { escalate } from './escalate';
import { hearCallNews } from './hear-call-news';
import { interruption } from './interruption';
import { runStep } from './run-step';
import { stateFor } from './state-for';
import { momentOf } from './step-clock';
import { isMessageClosed } from './is-message-closed';
import { endAsRecorded, takeUp } from './take-up';
import { waitForSendAt } from './wait-for-send-at';
import { acknowledge, assertCancelable, assertHeld, assertTaskOpen, cancel, release } from './updates';

/** Follows one message until it has landed or somebody knows why not. */
export async function deliverMessage(input: DeliverMessageInput): Promise<Outcome> {
  const delivery = createDelivery(input);
  setHandler(deliveryEventSignal, (event) => hear(delivery, event));
  setHandler(callEventSignal, (news) => hearCallNews(delivery, news));
  setHandler(ledgerChangedSignal, () => hearOfLedger(delivery));
  setHandler(readLedgerUpdate, () => hearOfLedger(delivery));
  setHandler(cancelUpdate, (request) => cancel(delivery, request), {
    validator: (request: CancelRequest) => assertCancelable(delivery, request),
  });
  setHandler(acknowledgeUpdate, (request) => acknowledge(delivery, request), {
    validator: (request: AcknowledgeRequest) => assertTaskOpen(delivery, request),
  });
  setHandler(releaseUpdate, (request) => release(delivery, request), {
    validator: (request: ReleaseRequest) => assertHeld(delivery, request),
  });
  setHandler(stateQuery, () => stateFor(delivery));
  // Temporal's own "request cancellation" is a cancellation like any other: the message still ends with an outcome.
  CancellationScope.current().cancelRequested.catch(() => cancel(delivery, { by: 'temporal' }));

  return await CancellationScope.nonCancellable(() => begin(delivery));
}

/**
 * A message that was redriven is taken up where its earlier runs left it; that alone may end it.
 * One that was started again after its end, when Temporal had forgotten it, ends as it has ended.
 */
async function begin(delivery: Delivery): Promise<Outcome> {
  await waitForSendAt(delivery);
  const { redrive } = delivery.input;
  try {
    const ended = redrive === undefined ? undefined : await takeUp(delivery, redrive);
    return ended ?? (await deliver(delivery));
  } catch (error) {
    if (!isMessageClosed(error)) {
      throw error;
    }
    return await endAsRecorded(delivery);
  }
}

/**
 * The story: make an attempt, see what became of it, then retry, escalate or end, as the policy says.
 * A late proof of delivery or a cancellation ends it wherever it stands, and so does the end of the message's time.
 */
async function deliver(delivery: Delivery): Promise<Outcome> {
  for (;;) {
    const result = await runStep(delivery);
    const planned = nextStep(delivery.input.request.policy, momentOf(delivery), result);
    const next = isExpired(delivery) ? whenTimeIsOver(planned, delivery.position, result) : planned;
    switch (next.kind) {
      case 'retry':
        await backOff(delivery, result, next);
        break;
      case 'escalate':
        await escalate(delivery, result, next);
        break;
      case 'end':
        return await end(delivery, result, next.outcome);
    }
  }
}

/**
 * What is heard while lost calls are ended may prove more than what was known before; each participant of a conversation was weighed
 * already. An opt-out by key is in the ledger before the outcome is written, and one that is heard meanwhile before the workflow is over.
 */
async function end(delivery: Delivery, result: AttemptResult, outcome: OutcomeKind): Promise<Outcome> {
  await endLostCalls(delivery);
  await condition(allHandlersFinished);
  const heard = result.kind === 'fanned_out' ? undefined : interruption(delivery);
  const closed =
    heard === undefined ? await close(delivery, result, outcome) : await close(delivery, heard, endOfAttempt(heard));
  await condition(allHandlersFinished);
  return closed;
}
