import { type MatchedAttempt } from '../database/inbox-store';
import { type DeliveryEvent } from '../domain/delivery-event';
import { WorkflowMissingError } from '../temporal/errors';
import { type MessageClient, type SignalResult } from '../temporal/message-client';
import { type OptOutMarker } from './opt-out-marker';

/** Draws the consequences of a stored receipt and passes it on to the workflow that waits for it. */
export type TellWorkflow = (event: DeliveryEvent, match: MatchedAttempt) => Promise<SignalResult>;

/**
 * The ledger comes first: a workflow that hears of an opt-out ends the message, and nothing may be sent
 * by another one between the two. When the ledger fails, the workflow is not told, and the relay does both later.
 */
export function createTellWorkflow(deps: {
  readonly markOptOut: OptOutMarker;
  readonly client: Pick<MessageClient, 'signal'>;
}): TellWorkflow {
  return async function tellWorkflow(event, match) {
    await deps.markOptOut({ ...event, subject: event.messageSid }, match);
    try {
      return await deps.client.signal(match.workflowId, event);
    } catch (error) {
      // Temporal has dropped the workflow after its retention: the receipt is late truth, kept and shown.
      if (error instanceof WorkflowMissingError) {
        return 'closed';
      }
      throw error;
    }
  };
}
