import { type Knex } from 'knex';
import { type CallEvent } from '../domain/call-event';
import { type SendRequest } from '../domain/send-request';
import {
  type ApplicationSid,
  type CallSid,
  type ConnectAppSid,
  type ConversationSid,
  type ParticipantSid,
} from '../domain/sid';
import { type AttemptGrant, type NewAttempt, type NewMessage } from './message-store';
import { beginCall } from './sql/begin-call';
import { claimDueCallEvents, settleCallEvents } from './sql/due-call-events';
import { callsHeld } from './sql/calls-held';
import { callsLeft } from './sql/calls-left';
import { recordPlaced } from './sql/record-placed';
import { requestOf } from './sql/request-of';
import { storeCallEvent } from './sql/store-call-event';
import { guardStore } from './with-database-errors';
import { type AnnounceCallbacks, announced, leaveToSweep } from './written-callback';

/** One call, as it is about to be made. Addresses are E.164. */
export interface NewCall extends Omit<NewAttempt, 'channel'> {
  readonly channel: 'voice';
}

/** What the ledgers say right before a call is placed. The parts of `AttemptGrant` mean what they mean there. */
export interface CallGrant extends Pick<
  AttemptGrant,
  'optOut' | 'suppression' | 'createId' | 'openCreate' | 'isClosed'
> {
  /** E.164. The attempt keeps the one that it was begun with, whichever is given later. */
  readonly sender: string;
  /** Set when the call of this attempt is known: from the answer to the create, or from a callback. */
  readonly callSid?: CallSid;
  /** The conversation that the message has with its recipient, when there is one. */
  readonly conversationSid?: ConversationSid;
  /** The recipient in that conversation. */
  readonly participantSid?: ParticipantSid;
  /** Another attempt is placing a call between the same numbers at this moment: theirs and ours could not be told apart. */
  readonly isLineTaken?: true;
}

/** A call that is at Twilio, and what the configuration has to be noted beside it. */
export interface PlacedCall {
  readonly callSid: CallSid;
  readonly applicationSid?: ApplicationSid;
  readonly conductorSid?: ConnectAppSid;
}

/** An attempt whose call may be under way: known by its SID, or left by a create without an answer. Addresses are E.164. */
export interface CallLeft extends Pick<NewCall, 'number' | 'recipient' | 'sender'> {
  readonly callSid?: CallSid;
  readonly openCreate?: NonNullable<CallGrant['openCreate']>;
}

/** Something that was told of a call, and whose it is. */
export interface ToldOfCall {
  readonly messageId: string;
  readonly attempt: number;
  readonly event: CallEvent;
}

/** Whose call a stored event is about. Addresses are E.164. */
export interface CallMatch {
  readonly workflowId: string;
  readonly tenant: string;
  readonly recipient: string;
  /** The message had its outcome already when this was read. */
  readonly isClosed?: true;
}

/** An event that was stored, with its match. */
export interface StoredCallEvent extends ToldOfCall {
  readonly match: CallMatch;
}

/** Calls and what is told of them. Each write can be repeated without effect. Throws `DatabaseError`. */
export interface CallStore {
  /**
   * Writes message (when it is not there yet) and attempt and reads the ledgers, in one statement. A create is begun unless something holds
   * the call back, an earlier one is open, or another attempt has one open between the same numbers.
   * @param provedAbsent id of a create of this attempt that is proved to have left no call.
   */
  begin(message: NewMessage, call: NewCall, provedAbsent?: string): Promise<CallGrant>;
  /** Stores the SID of an attempt's call. @throws DatabaseError when another attempt has it */
  recordPlaced(messageId: string, attempt: number, placed: PlacedCall): Promise<void>;
  /** Those of the attempts of a message that have a call, or may have one. */
  leftBy(messageId: string, attempts: readonly number[]): Promise<CallLeft[]>;
  /** Those of the calls that an attempt has, this one left out. */
  heldByOthers(callSids: readonly CallSid[], messageId: string, attempt: number): Promise<CallSid[]>;
  /** Stores what was told, and the call's SID where it was missing. @returns undefined when there is no such attempt */
  storeEvent(told: ToldOfCall): Promise<(StoredCallEvent & { readonly isNew: boolean }) | undefined>;
  /** Hands events that are due for a signal to `settle`; those for which it resolves are done. @returns how many were handed over */
  relayDue(limit: number, settle: (stored: StoredCallEvent) => Promise<void>): Promise<number>;
  /** The event needs no signal any more. */
  markSettled(eventId: string): Promise<void>;
  /** What was asked for; undefined when there is no such message. */
  requestOf(messageId: string): Promise<SendRequest | undefined>;
}

/**
 * The calls in this database.
 * @param announce is told of the callbacks that its statements write.
 */
export function createCallStore(knex: Knex, announce: AnnounceCallbacks = leaveToSweep): CallStore {
  return guardStore<CallStore>({
    begin: (message, call, provedAbsent) =>
      knex.transaction((transaction) => beginCall(transaction, message, call, provedAbsent)),
    recordPlaced: (messageId, attempt, placed) => announced(announce, recordPlaced(knex, messageId, attempt, placed)),
    leftBy: (messageId, attempts) => callsLeft(knex, messageId, attempts),
    heldByOthers: (callSids, messageId, attempt) => callsHeld(knex, callSids, messageId, attempt),
    storeEvent: (told) => storeCallEvent(knex, told),
    relayDue: (limit, settle) => relayDue(knex, limit, settle),
    markSettled: (eventId) => settleCallEvents(knex, [eventId]),
    requestOf: (messageId) => requestOf(knex, messageId),
  });
}

async function relayDue(
  knex: Knex,
  limit: number,
  settle: (stored: StoredCallEvent) => Promise<void>,
): Promise<number> {
  const due = await claimDueCallEvents(knex, limit);
  const results = await Promise.allSettled(due.map(async (stored) => settle(stored)));
  const settled = due.filter((_, index) => results[index]?.status === 'fulfilled');
  await settleCallEvents(
    knex,
    settled.map(({ event }) => event.eventId),
  );
  return due.length;
}
