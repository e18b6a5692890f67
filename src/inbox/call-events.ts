import { type CallStore, type StoredCallEvent, type ToldOfCall } from '../database/call-store';
import { type OutcomeCorrector } from '../database/outcome-corrector';
import { workflowIdFor } from '../domain/workflow-id';
import { type MessageClient, type SignalResult } from '../temporal/message-client';
import { type Logger } from '../telemetry/logger';
import { type Background } from './background';
import { type RecordCallOptOut } from './call-opt-outs';
import { closedIfMissing } from './closed-if-missing';
import { orLater } from './or-later';

/** What came of something that was told of a call: whose message it is, unless nobody knows the attempt, or Temporal keeps it. */
export type AcceptedCallEvent =
  | { readonly kind: 'stored'; readonly isNew: boolean; readonly tenant: string }
  | { readonly kind: 'unknown' | 'kept_for_later' };

export interface CallEvents {
  /** Resolves once the event is on disk; that the workflow is told of it goes on in the background. */
  accept(told: ToldOfCall): Promise<AcceptedCallEvent>;
  /** Tells workflows what they have not been told. Never throws. */
  relay(): Promise<void>;
}

export interface CallEventDependencies {
  readonly calls: Pick<CallStore, 'markSettled' | 'relayDue' | 'storeEvent'>;
  readonly client: Pick<MessageClient, 'signalCall'>;
  readonly recordCallOptOut: RecordCallOptOut;
  readonly correctOutcome: OutcomeCorrector;
  readonly background: Background;
  readonly logger: Logger;
}

/** Events of one look of the relay. */
const BATCH = 50;

/** Takes what Twilio tells of calls. While Postgres is away a workflow that runs is told at once, and its history is the disk. */
export function createCallEvents(deps: CallEventDependencies): CallEvents {
  const { background, calls, client, logger } = deps;
  const store = async (told: ToldOfCall): Promise<AcceptedCallEvent> => {
    const stored = await calls.storeEvent(told);
    if (stored === undefined) {
      return { kind: 'unknown' };
    }
    if (stored.isNew) {
      background.run(async () => {
        await tell(deps, stored);
        await calls.markSettled(stored.event.eventId);
      });
    }
    return { kind: 'stored', isNew: stored.isNew, tenant: stored.match.tenant };
  };
  const later = async ({ attempt, event, messageId }: ToldOfCall): Promise<AcceptedCallEvent> => {
    if ((await closedIfMissing(() => client.signalCall(workflowIdFor(messageId), { attempt, event }))) === 'closed') {
      throw new Error('the workflow of the call has ended: it keeps nothing any more');
    }
    return { kind: 'kept_for_later' };
  };
  return {
    accept: orLater(store, { later, logger }),
    relay: async () => {
      try {
        await calls.relayDue(BATCH, (stored) => tell(deps, stored));
      } catch (error) {
        logger.warn({ err: error }, 'the relay could not read what was told of calls and tries again');
      }
    },
  };
}

/** The ledger comes first, as with receipts. After the end of the message it is late truth, and the outcome is corrected by it. */
async function tell(
  { client, correctOutcome, logger, recordCallOptOut }: CallEventDependencies,
  { attempt, event, match, messageId }: StoredCallEvent,
): Promise<void> {
  try {
    if (event.kind === 'key' && event.key === 'opt_out') {
      await recordCallOptOut({ recipient: match.recipient, callSid: event.callSid, at: event.at });
    }
    const signal = (): Promise<SignalResult> => client.signalCall(match.workflowId, { attempt, event });
    const result = match.isClosed === true ? 'closed' : await closedIfMissing(signal);
    if (result === 'closed') {
      await correctOutcome(messageId);
    }
  } catch (error) {
    logger.warn({ err: error }, 'what was told of a call waits for another try to reach its workflow');
    throw error;
  }
}
