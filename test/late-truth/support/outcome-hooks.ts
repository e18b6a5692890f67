import { type MessageStore } from '../../../src/database/message-store';

type AroundOutcome = (write: () => Promise<boolean>) => Promise<boolean>;

/** A message store in which something may happen around the write of an outcome. */
export interface HookedMessages {
  readonly messages: MessageStore;
  /** Runs instead of the next write of the message's outcome, and does it. */
  aroundOutcome(messageId: string, run: AroundOutcome): void;
}

export function withOutcomeHooks(messages: MessageStore): HookedMessages {
  const hooks = new Map<string, AroundOutcome>();
  return {
    aroundOutcome: (messageId, run) => void hooks.set(messageId, run),
    messages: {
      ...messages,
      recordOutcome: (progress) => {
        const write = (): Promise<boolean> => messages.recordOutcome(progress);
        const hook = hooks.get(progress.messageId);
        hooks.delete(progress.messageId);
        return hook === undefined ? write() : hook(write);
      },
    },
  };
}
