import { WorkflowMissingError } from '../temporal/errors';
import { type SignalResult } from '../temporal/message-client';

/** Sends a signal; a workflow that Temporal has dropped after its retention has ended. */
export async function closedIfMissing(send: () => Promise<SignalResult>): Promise<SignalResult> {
  try {
    return await send();
  } catch (error) {
    if (error instanceof WorkflowMissingError) {
      return 'closed';
    }
    throw error;
  }
}
