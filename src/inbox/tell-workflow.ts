import { type MatchedAttempt } from '../database/inbox-store';
import { type OutcomeCorrector } from '../database/outcome-corrector';
import { type DeliveryEvent } from '../domain/delivery-event';
import { type MessageClient, type SignalResult } from '../temporal/message-client';
import { type AddressMarker } from './address-marker';
import { closedIfMissing } from './closed-if-missing';

/** Draws the consequences of a stored receipt and passes it on to the workflow that waits for it. */
export type TellWorkflow = (event: DeliveryEvent, match: MatchedAttempt) => Promise<SignalResult>;

export interface TellWorkflowDependencies {
  readonly markAddress: AddressMarker;
  readonly client: Pick<MessageClient, 'signal'>;
  readonly correctOutcome: OutcomeCorrector;
}

/**
 * The ledger comes first: a workflow that hears of an opt-out ends the message, and nothing may be sent
 * by another one between the two. When the ledger fails, the workflow is not told, and the relay does both later.
 * When the message has ended, nobody is told: the receipt is late truth, and the outcome is corrected by it. Nothing is sent.
 */
export function createTellWorkflow(deps: TellWorkflowDependencies): TellWorkflow {
  return async function tellWorkflow(event, match) {
    await deps.markAddress({ ...event, subject: event.messageSid }, match);
    const signal = (): Promise<SignalResult> => deps.client.signal(match.workflowId, event);
    const result = match.isClosed === true ? 'closed' : await closedIfMissing(signal);
    if (result === 'closed') {
      await deps.correctOutcome(match.messageId);
    }
    return result;
  };
}
