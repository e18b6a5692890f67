import { ApplicationFailure } from '@temporalio/common';
import { MESSAGE_CLOSED } from '../workflows/contract';

/** What an activity throws that is to do something for a message that has ended: the run then ends with the outcome on record. */
export function messageClosed(): ApplicationFailure {
  return ApplicationFailure.nonRetryable(
    'the message has its outcome already; nothing more is done for it',
    MESSAGE_CLOSED,
  );
}
