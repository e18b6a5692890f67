import { type DeliveryEvent } from '../../../src/domain/delivery-event';
import { type MessageClient } from '../../../src/temporal/message-client';
import { type CallbackClient } from '../../../src/temporal/callback-client';
import { type DeferredInbox } from '../../../src/temporal/deferred-inbox';
import { type RunFinder } from '../../../src/temporal/run-finder';
import { type DeferredReceipt, type DeferredWord, type DeliverMessageInput } from '../../../workflows/contract';

/** A Temporal that remembers what it was asked, and does as it is told. */
export interface FakeMessageClient extends MessageClient, DeferredInbox, CallbackClient, RunFinder {
  readonly callbacks: string[];
  /** Workflow ids by run id. */
  readonly runs: Map<string, string>;
  readonly kept: (DeferredReceipt | DeferredWord)[];
  readonly started: DeliverMessageInput[];
  readonly signalled: { readonly workflowId: string; readonly event: DeliveryEvent }[];
  readonly asked: { readonly update: string; readonly messageId: string; readonly request: unknown }[];
  /** Every call fails with it while it is set. */
  failure: Error | undefined;
  /** The workflows have ended. */
  isClosed: boolean;
}

export function fakeMessageClient(): FakeMessageClient {
  const check = (): Promise<void> => (fake.failure === undefined ? Promise.resolve() : Promise.reject(fake.failure));
  const fake: FakeMessageClient = {
    started: [],
    signalled: [],
    kept: [],
    callbacks: [],
    runs: new Map(),
    asked: [],
    failure: undefined,
    isClosed: false,
    start: async (input) => {
      await check();
      fake.started.push(input);
    },
    signal: async (workflowId, event) => {
      await check();
      if (fake.isClosed) {
        return 'closed';
      }
      fake.signalled.push({ workflowId, event });
      return 'signalled';
    },
    signalCall: async () => {
      await check();
      return fake.isClosed ? 'closed' : 'signalled';
    },
    tellOfLedger: async () => {
      await check();
      return fake.isClosed ? 'closed' : 'signalled';
    },
    cancel: async (messageId, request) => {
      await check();
      fake.asked.push({ update: 'cancel', messageId, request });
      return { isAlreadyHandedOver: true };
    },
    acknowledge: async (messageId, request) => {
      await check();
      fake.asked.push({ update: 'acknowledge', messageId, request });
      return { queue: 'support' };
    },
    release: async (messageId, request) => {
      await check();
      fake.asked.push({ update: 'release', messageId, request });
      return { heldUntil: '2026-01-31T08:00:00.000Z' };
    },
    state: () => Promise.reject(new Error('not asked here')),
    waitForOutcome: () => Promise.reject(new Error('not asked here')),
    ping: check,
    startCallback: async ({ callbackId }) => {
      await check();
      fake.callbacks.push(callbackId);
    },
    workflowOfRun: async (runId) => {
      await check();
      return fake.runs.get(runId);
    },
    keepReceipt: async (receipt) => {
      await check();
      fake.kept.push(receipt);
    },
    keepWord: async (word) => {
      await check();
      fake.kept.push(word);
    },
  };
  return fake;
}
