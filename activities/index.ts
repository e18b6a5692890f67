import { type MessageStore } from '../src/database/message-store';
import { type OutcomeCorrector } from '../src/database/outcome-corrector';
import { type TaskStore } from '../src/database/task-store';
import { type AcceptInbound } from '../src/inbox/accept-inbound';
import { createCloseTask } from './close-task';
import { createOpenTask } from './open-task';
import { createPollQuietAttempts, type PollQuietAttemptsDependencies } from './poll-quiet-attempts';
import { createPollReceipts } from './poll-receipts';
import { createRecordOutcome } from './record-outcome';
import { createRecordProgress } from './record-progress';
import { createSendMessage } from './send-message';
import { createStartUnstarted, type StartUnstartedDependencies } from './start-unstarted';
import { createStoreInboundWord } from './store-inbound-word';
import { createStoreReceipt } from './store-receipt';

export type TwilioActivityDependencies = Parameters<typeof createSendMessage>[0] & PollQuietAttemptsDependencies;
export interface RecordActivityDependencies {
  readonly messages: Pick<MessageStore, 'recordOutcome' | 'recordProgress'>;
  readonly correctOutcome: OutcomeCorrector;
  readonly tasks: TaskStore;
}
export interface RepairActivityDependencies
  extends StartUnstartedDependencies, Pick<PollQuietAttemptsDependencies, 'inbox'> {
  readonly acceptInbound: AcceptInbound;
}
export type ActivityDependencies = TwilioActivityDependencies & RecordActivityDependencies & RepairActivityDependencies;

/** Calls to Twilio: they run on the rate limited queue. */
export function createTwilioActivities(deps: TwilioActivityDependencies) {
  return {
    sendMessage: createSendMessage(deps),
    pollReceipts: createPollReceipts(deps),
    pollQuietAttempts: createPollQuietAttempts(deps),
  };
}

/** Quick writes to Postgres: they run as local activities. */
export function createRecordActivities(deps: RecordActivityDependencies) {
  return {
    recordProgress: createRecordProgress(deps),
    recordOutcome: createRecordOutcome(deps),
    openTask: createOpenTask(deps),
    closeTask: createCloseTask(deps),
  };
}

/** What mends what was lost or could not be written: ordinary activities beside the workflows. */
export function createRepairActivities(deps: RepairActivityDependencies) {
  return {
    startUnstarted: createStartUnstarted(deps),
    storeReceipt: createStoreReceipt(deps),
    storeInboundWord: createStoreInboundWord(deps),
  };
}

/** Every activity by its name. Workflows see the type only. */
export type Activities = ReturnType<typeof createTwilioActivities> &
  ReturnType<typeof createRecordActivities> &
  ReturnType<typeof createRepairActivities>;
