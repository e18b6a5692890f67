import { type MessageStore } from '../src/database/message-store';
import { type TaskStore } from '../src/database/task-store';
import { createCloseTask } from './close-task';
import { createOpenTask } from './open-task';
import { createPollReceipts } from './poll-receipts';
import { createRecordOutcome } from './record-outcome';
import { createRecordProgress } from './record-progress';
import { createSendMessage } from './send-message';

export type TwilioActivityDependencies = Parameters<typeof createSendMessage>[0] &
  Parameters<typeof createPollReceipts>[0];
export interface RecordActivityDependencies {
  readonly messages: Pick<MessageStore, 'recordOutcome' | 'recordProgress'>;
  readonly tasks: TaskStore;
}
export type ActivityDependencies = TwilioActivityDependencies & RecordActivityDependencies;

/** Calls to Twilio: they run on the rate limited queue. */
export function createTwilioActivities(deps: TwilioActivityDependencies) {
  return { sendMessage: createSendMessage(deps), pollReceipts: createPollReceipts(deps) };
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

/** Every activity by its name. Workflows see the type only. */
export type Activities = ReturnType<typeof createTwilioActivities> & ReturnType<typeof createRecordActivities>;
