import { type FanOutStore, type NewChild } from '../src/database/fan-out-store';
import { type DeliverMessageInput } from '../workflows/contract';

/** Writes the message to one participant that its parent's workflow is about to start. Repeating it gives the same message. */
export function createOpenChild(deps: { readonly fanOut: Pick<FanOutStore, 'openChild'> }) {
  return async function openChild(child: NewChild): Promise<DeliverMessageInput> {
    const { messageId, request, requestHash, tenant } = await deps.fanOut.openChild(child);
    return { messageId, tenant, requestHash, request, childOf: child.childOf };
  };
}
