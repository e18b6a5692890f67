import { type FanOutStore } from '../src/database/fan-out-store';
import { type MessageStore } from '../src/database/message-store';
import { type OutcomeCorrector } from '../src/database/outcome-corrector';
import { type TaskStore } from '../src/database/task-store';
import { type RecordCallOptOut } from '../src/inbox/call-opt-outs';
import { type AskLedgerDependencies, createAskLedger } from './ask-ledger';
import { createCloseTask } from './close-task';
import { createEndLostCalls, type EndLostCallsDependencies } from './end-lost-calls';
import { createEndCall, createPollCall, type FollowCallDependencies } from './follow-call';
import { createLeaveVoicemail, type LeaveVoicemailDependencies } from './leave-voicemail';
import { createLookUpAgain } from './look-up-again';
import { createNoteCall, type NoteCallDependencies } from './note-call';
import { createOpenChild } from './open-child';
import { createOpenTask, type OpenTaskDependencies } from './open-task';
import { createPollQuietAttempts, type PollQuietAttemptsDependencies } from './poll-quiet-attempts';
import { createPlaceCall, type PlaceCallDependencies } from './place-call';
import { createPollReceipts } from './poll-receipts';
import { createPostToConversation } from './post-to-conversation';
import { createRecordHold } from './record-hold';
import { createRecordOutcome } from './record-outcome';
import { createRecordProgress } from './record-progress';
import { createRedriveMessage, type RedriveMessageDependencies } from './redrive-message';
import { createSendMessage } from './send-message';
import { createStartUnstarted, type StartUnstartedDependencies } from './start-unstarted';
import { createStoreInboundWord, type StoreInboundWordDependencies } from './store-inbound-word';
import { createStoreReceipt } from './store-receipt';
import { createTakeUpMessage, type TakeUpMessageDependencies } from './take-up-message';
import { createTellCaller, type TellCallerDependencies } from './tell-caller';

export type TwilioActivityDependencies = Parameters<typeof createSendMessage>[0] &
  Parameters<typeof createPostToConversation>[0] &
  PlaceCallDependencies &
  FollowCallDependencies &
  EndLostCallsDependencies &
  LeaveVoicemailDependencies &
  NoteCallDependencies &
  PollQuietAttemptsDependencies;
export interface RecordActivityDependencies
  extends AskLedgerDependencies, TakeUpMessageDependencies, Omit<OpenTaskDependencies, 'messages' | 'tasks'> {
  readonly messages: Pick<MessageStore, 'find' | 'recordHold' | 'recordOutcome' | 'recordProgress'>;
  readonly correctOutcome: OutcomeCorrector;
  readonly tasks: Pick<TaskStore, 'close' | 'open'>;
  readonly fanOut: Pick<FanOutStore, 'openChild'>;
  readonly recordCallOptOut: RecordCallOptOut;
}
export type RepairActivityDependencies = StartUnstartedDependencies &
  StoreInboundWordDependencies &
  Pick<RedriveMessageDependencies, 'deadLetters'> &
  Pick<PollQuietAttemptsDependencies, 'inbox'>;
export type ActivityDependencies = TwilioActivityDependencies &
  RecordActivityDependencies &
  RepairActivityDependencies &
  TellCallerDependencies;

/** Calls to Twilio: they run on the rate limited queue. */
export function createTwilioActivities(deps: TwilioActivityDependencies) {
  return {
    sendMessage: createSendMessage(deps),
    postToConversation: createPostToConversation(deps),
    placeCall: createPlaceCall(deps),
    pollCall: createPollCall(deps),
    endCall: createEndCall(deps),
    endLostCalls: createEndLostCalls(deps),
    leaveVoicemail: createLeaveVoicemail(deps),
    noteCall: createNoteCall(deps),
    pollReceipts: createPollReceipts(deps),
    lookUpAgain: createLookUpAgain(deps),
    pollQuietAttempts: createPollQuietAttempts(deps),
  };
}

/** Quick writes to Postgres: they run as local activities. */
export function createRecordActivities(deps: RecordActivityDependencies) {
  return {
    recordProgress: createRecordProgress(deps),
    recordHold: createRecordHold(deps),
    askLedger: createAskLedger(deps),
    recordOutcome: createRecordOutcome(deps),
    openChild: createOpenChild(deps),
    openTask: createOpenTask(deps),
    closeTask: createCloseTask(deps),
    takeUpMessage: createTakeUpMessage(deps),
    recordCallOptOut: deps.recordCallOptOut,
  };
}

/** What mends what was lost or could not be written: ordinary activities beside the workflows. */
export function createRepairActivities(deps: RepairActivityDependencies) {
  return {
    startUnstarted: createStartUnstarted(deps),
    storeReceipt: createStoreReceipt(deps),
    storeInboundWord: createStoreInboundWord(deps),
    redriveMessage: createRedriveMessage(deps),
  };
}

/** Calls to callers: they run on a queue of their own. */
export function createCallbackActivities(deps: TellCallerDependencies) {
  return { tellCaller: createTellCaller(deps) };
}

/** Every activity by its name. Workflows see the type only. */
export type Activities = ReturnType<typeof createTwilioActivities> &
  ReturnType<typeof createRecordActivities> &
  ReturnType<typeof createRepairActivities> &
  ReturnType<typeof createCallbackActivities>;
