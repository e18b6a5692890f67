import { ActivityCancellationType, proxyActivities, proxyLocalActivities, workflowInfo } from '@temporalio/workflow';
import { type Activities } from '../activities';
import { callbackTaskQueue, DEFERRED_FOR, twilioTaskQueue } from './contract';

/**
 * Calls to Twilio, on the rate limited queue. A try may take longer than all its HTTP time-outs together; that a worker
 * has died in the middle of a send is noticed earlier, by its heartbeats. Ten tries span about four minutes of an outage;
 * after that the policy of the message decides.
 */
export function twilio() {
  return proxyActivities<
    Pick<
      Activities,
      | 'sendMessage'
      | 'postToConversation'
      | 'pollReceipts'
      | 'lookUpAgain'
      | 'placeCall'
      | 'pollCall'
      | 'endCall'
      | 'endLostCalls'
      | 'leaveVoicemail'
      | 'noteCall'
    >
  >({
    taskQueue: twilioTaskQueue(workflowInfo().taskQueue),
    startToCloseTimeout: '45s',
    cancellationType: ActivityCancellationType.WAIT_CANCELLATION_COMPLETED,
    retry: { initialInterval: '1s', backoffCoefficient: 2, maximumInterval: '1m', maximumAttempts: 10 },
  });
}

/** Quick writes to Postgres, repeated until Postgres is there: the story waits for its own record. */
export const records = proxyLocalActivities<
  Pick<
    Activities,
    | 'recordProgress'
    | 'recordHold'
    | 'recordOutcome'
    | 'askLedger'
    | 'openChild'
    | 'openTask'
    | 'closeTask'
    | 'takeUpMessage'
    | 'recordCallOptOut'
  >
>({
  startToCloseTimeout: '10s',
  retry: { initialInterval: '500ms', backoffCoefficient: 2, maximumInterval: '30s' },
});

/** The sweep's own work: what fails is done by the next sweep, so it is not tried for long. Sends come before it. */
const SWEEP_OPTIONS = {
  startToCloseTimeout: '2m',
  retry: { initialInterval: '2s', backoffCoefficient: 2, maximumAttempts: 3 },
  priority: { priorityKey: 5 },
} as const;

/** The sweep's reads at Twilio, on the rate limited queue. */
export function sweepOfTwilio() {
  return proxyActivities<Pick<Activities, 'pollQuietAttempts'>>({
    ...SWEEP_OPTIONS,
    taskQueue: twilioTaskQueue(workflowInfo().taskQueue),
  });
}

/** The sweep's repair of starts. */
export function sweepOfStarts() {
  return proxyActivities<Pick<Activities, 'startUnstarted'>>(SWEEP_OPTIONS);
}

/** What came while Postgres was away: an ordinary activity, since it may be a day until it succeeds. */
export function deferred() {
  return proxyActivities<Pick<Activities, 'storeReceipt' | 'storeInboundWord'>>({
    startToCloseTimeout: '20s',
    scheduleToCloseTimeout: DEFERRED_FOR,
    retry: { initialInterval: '1s', backoffCoefficient: 2, maximumInterval: '1m' },
  });
}

/**
 * Calls to callers, on a queue of their own. The activity counts the tries, gives the pauses between them and gives up;
 * what is said here is for a worker that died or a database that was away.
 */
export function callers() {
  return proxyActivities<Pick<Activities, 'tellCaller'>>({
    taskQueue: callbackTaskQueue(workflowInfo().taskQueue),
    startToCloseTimeout: '45s',
    retry: { initialInterval: '5s', backoffCoefficient: 2, maximumInterval: '10m' },
  });
}

/** The redrive of one message, for somebody who waits for the answer. */
export function redrives() {
  return proxyActivities<Pick<Activities, 'redriveMessage'>>({
    startToCloseTimeout: '20s',
    retry: { initialInterval: '500ms', backoffCoefficient: 2, maximumAttempts: 5 },
  });
}
