import { type Knex } from 'knex';
import { type Category } from '../domain/category';
import { type AttemptChannel } from '../domain/channel';
import { type DeliveryEvent } from '../domain/delivery-event';
import {
  type ChannelMessageSid,
  type ConversationSid,
  type DeliveryReceiptSid,
  type MessageSid,
  type ParticipantSid,
} from '../domain/sid';
import { coalesce, type CoalesceOptions } from './coalesce';
import { DatabaseError } from './database-error';
import { relayDue } from './relay-due';
import { type RelayPace } from './sql/claim-due-events';
import { settleEvents } from './sql/settle-events';
import { storeReceipts } from './sql/store-receipts';
import { guardStore, withDatabaseErrors } from './with-database-errors';

/** A delivery receipt on its way into the inbox, from a webhook or read from the API. */
export interface IncomingReceipt {
  readonly deliveryReceiptSid: DeliveryReceiptSid;
  readonly messageSid: MessageSid;
  readonly conversationSid: ConversationSid;
  readonly participantSid?: ParticipantSid;
  readonly channelMessageSid?: ChannelMessageSid;
  /** Twilio's word, kept raw when unknown. */
  readonly status: string;
  readonly errorCode?: number;
  /** By Twilio's clock, ISO 8601 in UTC with milliseconds. */
  readonly at: string;
  readonly source: 'webhook' | 'poll';
  /** Fields that posthorn does not know, as they came. */
  readonly unknownFields: Readonly<Record<string, string>>;
}

/** A receipt as the inbox keeps it. */
export interface StoredReceipt extends DeliveryEvent {
  readonly deliveryReceiptSid: DeliveryReceiptSid;
  readonly channelMessageSid?: ChannelMessageSid;
  readonly source: 'webhook' | 'poll';
  /** By our clock, ISO 8601. */
  readonly receivedAt: string;
}

/** The attempt that a receipt belongs to. */
export interface MatchedAttempt {
  readonly messageId: string;
  readonly workflowId: string;
  readonly tenant: string;
  readonly attempt: number;
  readonly channel: AttemptChannel;
  /** Whose receipt it is; absent when it is nobody's whom the attempt was for. */
  readonly sender?: string;
  readonly recipient?: string;
  readonly category: Category;
  /** The recipient was on the list of suppressions for this channel when this was read. */
  readonly isSuppressed?: true;
  /** The message had its outcome already when this was read. */
  readonly isClosed?: true;
}

/** An event of the inbox, with its attempt when that is known. */
export interface InboxEvent {
  readonly event: DeliveryEvent;
  readonly match?: MatchedAttempt;
}

/** What came of storing a receipt. */
export interface StoredEvent extends InboxEvent {
  /** False for a repetition, which changes nothing. */
  readonly isNew: boolean;
}

/**
 * Every receipt that was ever told, once each: unique on (receipt, status, error code).
 * An event that decides stays due for a signal until the workflow has shown that it heard it, or it is settled.
 */
export interface InboxStore {
  /** One statement, shared with other receipts that come at the same time. */
  store(receipt: IncomingReceipt): Promise<StoredEvent>;
  /**
   * Hands events that are overdue for a signal to `settle`, all at once; no other relay has them meanwhile.
   * Settled events (`settle` resolves) are done, unless the message was closed meanwhile without them; failed ones come back later, less and less often, and so do those whose attempt is not known.
   * A rejection stays in `settle`, which is where to log it: it neither stops the others nor rejects this call.
   * Keep `limit` at a few hundred at most: a claim lasts `RELAY_PACE.leaseSeconds`, and what is not settled by then is handed out again.
   * @returns how many were handed over.
   */
  relayDue(
    limit: number,
    settle: (event: InboxEvent & { readonly match: MatchedAttempt }) => Promise<void>,
  ): Promise<number>;
  /** The event needs no signal any more. */
  markSettled(eventId: string): Promise<void>;
}

/** How long a deciding event waits for whoever stored it to signal it, and the workflow to tell that it heard, before the relay takes over. */
export const SIGNAL_GRACE_MS = 2_000;

/** An outage of Temporal is over for everybody within five minutes; a receipt without an attempt is looked at for three days. */
export const RELAY_PACE: RelayPace = {
  leaseSeconds: 30,
  longestPauseSeconds: 300,
  shortestUnmatchedPauseSeconds: 1,
  longestUnmatchedPauseSeconds: 3_600,
  giveUpUnmatchedAfterSeconds: 3 * 24 * 3_600,
};

/**
 * In a burst of webhooks the statement costs more than its rows. Two runs at once: while one waits for the disk, the other fills.
 * A receipt that Postgres cannot keep, with a NUL in a field for instance, must not take its neighbours with it.
 */
const STORE_TOGETHER: CoalesceOptions = {
  mostItems: 100,
  mostRuns: 2,
  isOneToBlame: (error) => error instanceof DatabaseError && error.fault === 'refused',
};

/** The inbox in this database. `options` are for tests; the defaults are `SIGNAL_GRACE_MS` and `RELAY_PACE`. */
export function createInboxStore(
  knex: Knex,
  options: { readonly signalGraceMs?: number; readonly pace?: RelayPace } = {},
): InboxStore {
  const { signalGraceMs = SIGNAL_GRACE_MS, pace = RELAY_PACE } = options;
  const storeTogether = (receipts: readonly IncomingReceipt[]): Promise<StoredEvent[]> =>
    withDatabaseErrors(() => storeReceipts(knex, receipts, signalGraceMs));
  return guardStore<InboxStore>({
    store: coalesce(storeTogether, STORE_TOGETHER),
    relayDue: (limit, settle) => relayDue(knex, limit, settle, pace),
    markSettled: (eventId) => settleEvents(knex, [eventId]),
  });
}
