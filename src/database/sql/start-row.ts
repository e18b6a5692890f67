import { type ChildOf } from '../../domain/child-of';
import { type UnstartedMessage } from '../sweep-store';

/** What a message's workflow is started with, as the statements select it. */
export interface StartRow extends Omit<UnstartedMessage, 'redrive' | 'childOf'> {
  readonly redrives: number;
  readonly childOf: ChildOf | null;
}

/** Columns of `StartRow`, for a statement that has the table `messages`. */
export const START_COLUMNS = `
    messages.message_id as "messageId", messages.tenant as "tenant", messages.request_hash as "requestHash",
    messages.request as "request", messages.redrives as "redrives", messages.child_of as "childOf"`;

/** What the workflow is started with: for a message that was redriven with the number of the redrive. */
export function startOf({ childOf, redrives, ...start }: StartRow): UnstartedMessage {
  return { ...start, ...(childOf !== null && { childOf }), ...(redrives > 0 && { redrive: redrives }) };
}
