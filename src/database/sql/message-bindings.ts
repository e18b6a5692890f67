import { type NewMessage } from '../message-store';

/** A new message as bindings of a statement: `messageId`, `workflowId`, `tenant`, `requestHash`, `request` (JSON). */
export function messageBindings(message: NewMessage): Record<string, string> {
  const { messageId, workflowId, tenant, requestHash, request } = message;
  return { messageId, workflowId, tenant, requestHash, request: JSON.stringify(request) };
}
