import { ActivityCancellationType, proxyActivities, proxyLocalActivities, workflowInfo } from '@temporalio/workflow';
import { type Activities } from '../activities';
import { twilioTaskQueue } from './contract';

/**
 * Calls to Twilio, on the rate limited queue. The try is short enough to be repeated soon when a worker dies,
 * and longer than all its HTTP time-outs together. Ten tries span about four minutes of an outage;
 * after that the policy of the message decides.
 */
export function twilio() {
  return proxyActivities<Pick<Activities, 'sendMessage' | 'pollReceipts'>>({
    taskQueue: twilioTaskQueue(workflowInfo().taskQueue),
    startToCloseTimeout: '45s',
    cancellationType: ActivityCancellationType.WAIT_CANCELLATION_COMPLETED,
    retry: { initialInterval: '1s', backoffCoefficient: 2, maximumInterval: '1m', maximumAttempts: 10 },
  });
}

/** Quick writes to Postgres, repeated until Postgres is there: the story waits for its own record. */
export const records = proxyLocalActivities<
  Pick<Activities, 'recordProgress' | 'recordOutcome' | 'openTask' | 'closeTask'>
>({
  startToCloseTimeout: '10s',
  retry: { initialInterval: '500ms', backoffCoefficient: 2, maximumInterval: '30s' },
});
