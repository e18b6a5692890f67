import { type NewMessage } from '../src/database/message-store';
import { workflowIdFor } from '../src/domain/workflow-id';
import { type DeliverMessageInput } from '../workflows/contract';

/** The message as the store keeps it: a client with access to Temporal may have started the workflow without a row. */
export function toNewMessage(input: DeliverMessageInput): NewMessage {
  return { ...input, workflowId: workflowIdFor(input.messageId) };
}
