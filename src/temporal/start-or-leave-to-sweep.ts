import { type DeliverMessageInput } from '../../workflows/contract';
import { type Logger } from '../telemetry/logger';
import { TemporalUnavailableError } from './errors';
import { type MessageClient } from './message-client';

/** Starts the workflow of a message that is on disk; while Temporal does not answer, the sweep starts it later. */
export async function startOrLeaveToSweep(
  { client, logger }: { readonly client: Pick<MessageClient, 'start'>; readonly logger: Logger },
  input: DeliverMessageInput,
): Promise<void> {
  try {
    await client.start(input);
  } catch (error) {
    if (!(error instanceof TemporalUnavailableError)) {
      throw error;
    }
    logger.warn({ err: error, messageId: input.messageId }, 'Temporal does not answer: the sweep starts this message');
  }
}
