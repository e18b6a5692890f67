import { type NewMessage } from '../message-store';

/** A new message as bindings of a statement: `messageId`, `workflowId`, `tenant`, `requestHash`, `request` (JSON), `redrive`. */
export function messageBindings(message: NewMessage): Record<string, string | number> {
  const { messageId, workflowId, tenant, requestHash, request, redrive = 0 } = message;
  return { messageId, workflowId, tenant, requestHash, request: JSON.stringify(request), redrive };
}
