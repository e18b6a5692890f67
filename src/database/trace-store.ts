import { type Knex } from 'knex';
import { type StoredIdentifier } from '../domain/identifier';
import { type MessageSummary } from './message-store';
import { traceMessages } from './sql/trace-messages';
import { guardStore } from './with-database-errors';

export interface TraceSelection {
  /** Only messages of this tenant; without it those of all, which is for operators of the account. */
  readonly tenant?: string;
  readonly limit: number;
}

/** From an identifier to the messages that it belongs to. Throws `DatabaseError`. */
export interface TraceStore {
  /** Newest first; several where messages share a conversation or a participant. One statement, by indexes only. */
  messagesOf(identifier: StoredIdentifier, selection: TraceSelection): Promise<MessageSummary[]>;
}

/** The identifiers in this database. */
export function createTraceStore(knex: Knex): TraceStore {
  return guardStore<TraceStore>({
    messagesOf: (identifier, selection) => traceMessages(knex, identifier, selection),
  });
}
