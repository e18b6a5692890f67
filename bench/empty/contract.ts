import { defineSignal } from '@temporalio/workflow';
import { twilioTaskQueue } from '../../workflows/contract';

export const EMPTY_TASK_QUEUE = 'bench-empty';

/** The queue of the one activity: one of its own, as posthorn's calls to Twilio have. */
export const EMPTY_ACTIVITY_QUEUE = twilioTaskQueue(EMPTY_TASK_QUEUE);

export const heardSignal = defineSignal('heard');
