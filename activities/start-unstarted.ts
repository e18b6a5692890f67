import { log } from '@temporalio/activity';
import { type SweepStore } from '../src/database/sweep-store';
import { type MessageClient } from '../src/temporal/message-client';
import { settleReplies, type SettleRepliesDependencies } from './settle-replies';
import { startUntold, type StartUntoldDependencies } from './start-untold';

/** Longer than any request takes from its row to its workflow, in milliseconds. */
const START_GRACE_MS = 10_000;

export interface StartUnstartedInput {
  /** Messages, and callbacks, of one call. */
  readonly limit: number;
}

export interface StartUnstartedResult {
  /** Messages whose workflow is there now; for most of them it was there before and waits for a worker. */
  readonly checked: number;
  /** Messages that Temporal did not take. */
  readonly refused: number;
  /** Callbacks that are under way now. */
  readonly callbacks: number;
}

export interface StartUnstartedDependencies extends StartUntoldDependencies, SettleRepliesDependencies {
  readonly sweep: Pick<SweepStore, 'unstartedMessages' | 'recordStartChecked'>;
  readonly client: Pick<MessageClient, 'start'> & StartUntoldDependencies['client'];
  /** What is younger is left to whoever has just written it down, in milliseconds; without it ten seconds. */
  readonly startGraceMs?: number;
}

/**
 * Starts the workflows of messages that were accepted and never started, and of callbacks that were written and not taken:
 * a start that has happened already changes nothing. Replies of people on call that no workflow knows of are told to theirs.
 */
export function createStartUnstarted(deps: StartUnstartedDependencies) {
  return async function startUnstarted({ limit }: StartUnstartedInput): Promise<StartUnstartedResult> {
    const batch = { limit, pauseMs: deps.startGraceMs ?? START_GRACE_MS };
    const messages = await deps.sweep.unstartedMessages(batch);
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
    await settleReplies(deps, batch);
    return { checked: messages.length - refused, refused, callbacks: await startUntold(deps, batch) };
  };
}
