import { log } from '@temporalio/activity';
import { type SweepStore } from '../src/database/sweep-store';
import { type MessageClient } from '../src/temporal/message-client';

/** Longer than any request takes from its row to its workflow, in milliseconds. */
const START_GRACE_MS = 10_000;

export interface StartUnstartedInput {
  /** Messages of one call. */
  readonly limit: number;
}

export interface StartUnstartedResult {
  /** Messages whose workflow is there now; for most of them it was there before and waits for a worker. */
  readonly checked: number;
  /** Messages that Temporal did not take. */
  readonly refused: number;
}

export interface StartUnstartedDependencies {
  readonly sweep: Pick<SweepStore, 'unstartedMessages' | 'recordStartChecked'>;
  readonly client: Pick<MessageClient, 'start'>;
  /** What is younger is left to the request that has just accepted it, in milliseconds; without it ten seconds. */
  readonly startGraceMs?: number;
}

/** Starts the workflows of messages that were accepted and never started: a start that has happened already changes nothing. */
export function createStartUnstarted(deps: StartUnstartedDependencies) {
  return async function startUnstarted({ limit }: StartUnstartedInput): Promise<StartUnstartedResult> {
    const messages = await deps.sweep.unstartedMessages({ limit, pauseMs: deps.startGraceMs ?? START_GRACE_MS });
    let refused = 0;
    for (const message of messages) {
      try {
        await deps.client.start(message);
      } catch (error) {
        refused += 1;
        log.warn('an accepted message could not be started', { messageId: message.messageId, error });
      }
    }
    await deps.sweep.recordStartChecked(messages.map(({ messageId }) => messageId));
    return { checked: messages.length - refused, refused };
  };
}
