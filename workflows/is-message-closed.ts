import { ActivityFailure, ApplicationFailure } from '@temporalio/workflow';
import { MESSAGE_CLOSED } from './contract';

/** Whether an activity refused to do anything because the message has its outcome. */
export function isMessageClosed(error: unknown): boolean {
  return (
    error instanceof ActivityFailure && error.cause instanceof ApplicationFailure && error.cause.type === MESSAGE_CLOSED
  );
}
