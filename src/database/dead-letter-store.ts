import { type Knex } from 'knex';
import { type AttemptChannel } from '../domain/channel';
import { type DeadCause } from '../domain/dead-letter';
import { type DeliveryEvent } from '../domain/delivery-event';
import { type ErrorClass } from '../domain/error-class';
import { type Outcome } from '../domain/outcome';
import { type MessageSid } from '../domain/sid';
import { type OpenConversation } from '../twilio/gateway';
import { type NewAttempt, type OpenCreate } from './message-store';
import { countDead, listDead } from './sql/list-dead';
import { type ReopenRequest, reopenMessage } from './sql/reopen-message';
import { takeUp } from './sql/take-up';
import { type UnstartedMessage } from './sweep-store';
import { guardStore } from './with-database-errors';

/** What came of the wish to redrive a message. `start` is what its workflow is started with. */
export type Reopening =
  | { readonly kind: 'reopened'; readonly start: UnstartedMessage }
  /** It was redriven before and has not ended since. `isStarted` is false while no workflow has touched it. */
  | { readonly kind: 'open_again'; readonly start: UnstartedMessage; readonly isStarted: boolean }
  /** It has not ended yet, and nobody has redriven it. */
  | { readonly kind: 'in_first_run' }
  | { readonly kind: 'not_dead'; readonly outcome: Outcome }
  | { readonly kind: 'unknown' };

/** An attempt of an earlier run, as the run of a redrive needs to know it. */
export interface EarlierAttempt {
  readonly number: number;
  readonly step: number;
  readonly channel: AttemptChannel;
  /** Absent when the attempt was for all participants of a conversation. E.164. */
  readonly addresses?: Pick<NewAttempt, 'sender' | 'recipient'>;
  /** ISO 8601. */
  readonly startedAt: string;
  /** It ended without anybody knowing whether Twilio took it. */
  readonly isAmbiguous: boolean;
  readonly conversation?: OpenConversation;
  readonly messageSid?: MessageSid;
  /** A create that may have left a message. Absent when the SID is known. */
  readonly openCreate?: OpenCreate;
}

/** What the run of a redrive finds when it begins. */
export type TakeUp =
  | {
      readonly kind: 'taken_up';
      /** Attempts counted so far; some of them may have been refused before they were begun. */
      readonly attemptsMade: number;
      readonly attempts: readonly EarlierAttempt[];
      /** Every receipt that was told for them. */
      readonly events: readonly DeliveryEvent[];
    }
  /** Another run brought this redrive to its end. Nothing is known when the message is gone. */
  | { readonly kind: 'over'; readonly outcome?: Outcome; readonly requestHash?: string };

/** Which dead messages. Without anything: all of all tenants. */
export interface DeadFilter {
  readonly tenant?: string;
  /** ISO 8601; messages accepted at or after it. */
  readonly since?: string;
  readonly cause?: DeadCause;
  readonly errorClass?: ErrorClass;
}

export interface DeadMessage {
  readonly messageId: string;
  readonly tenant: string;
  readonly outcome: Outcome;
  /** When it was accepted, ISO 8601. */
  readonly createdAt: string;
}

export interface DeadPage {
  readonly messages: readonly DeadMessage[];
  readonly nextCursor?: string;
}

/** Messages that ended for a reason of ours, and how they are taken up again. Throws `DatabaseError` besides what a method names. */
export interface DeadLetterStore {
  /** Opens a dead message again, under the same id. Of many at once, one opens it. */
  reopen(request: ReopenRequest): Promise<Reopening>;
  /** The workflow of a redrive begins. Can be repeated without effect. */
  takeUp(messageId: string, redrive: number): Promise<TakeUp>;
  /**
   * Oldest first.
   * @throws InvalidCursorError
   */
  list(filter: DeadFilter, page: { readonly cursor?: string; readonly limit: number }): Promise<DeadPage>;
  count(filter: DeadFilter): Promise<number>;
}

/** The dead messages in this database. */
export function createDeadLetterStore(knex: Knex): DeadLetterStore {
  return guardStore<DeadLetterStore>({
    reopen: (request) => reopenMessage(knex, request),
    takeUp: (messageId, redrive) => takeUp(knex, messageId, redrive),
    list: (filter, page) => listDead(knex, filter, page),
    count: (filter) => countDead(knex, filter),
  });
}
