import { type Knex } from 'knex';
import { type OptOutScope } from '../domain/opt-out-scope';
import { query } from './rows';
import { OPT_OUT_COLUMNS, type OptOutRow, statementOf } from './sql/opt-out-row';
import { recordOptOut } from './sql/record-opt-out';
import { guardStore } from './with-database-errors';

/** Where a statement about an opt-out came from. */
export const OPT_OUT_SOURCES = ['receipt', 'inbound_word', 'api'] as const;
export type OptOutSource = (typeof OPT_OUT_SOURCES)[number];

/** Somebody said stop, or start again. */
export interface OptOutStatement {
  /** E.164. */
  readonly address: string;
  readonly scope: OptOutScope;
  readonly optedOut: boolean;
  readonly source: OptOutSource;
  /**
   * What tells this occurrence from every other: a message SID, a receipt SID with its error code, the id of an API request; never the text.
   * A word or a code alone would make the second STOP of a person look like a repetition of the first.
   */
  readonly evidence: string;
  /** Who said it: `recipient`, or the tenant that asked. */
  readonly actor: string;
  readonly reason?: string;
  /** When it was said, ISO 8601. */
  readonly at: string;
}

export interface OptOutEntry {
  readonly scope: OptOutScope;
  readonly optedOut: boolean;
  readonly source: OptOutSource;
  readonly at: string;
}

/** The ledger: an append-only history of statements, and what follows from it now. It is the account's, not one tenant's. */
export interface OptOutStore {
  /**
   * Adds a statement and moves the state, in one transaction. The same evidence twice (by address, scope, source and direction) changes nothing.
   * An older statement never overturns a newer one; of two at the same time, the one that says stop counts.
   */
  record(statement: OptOutStatement): Promise<{ readonly isNew: boolean }>;
  /** The current state by scope; empty when nothing was ever said. */
  show(address: string): Promise<OptOutEntry[]>;
  /** Every statement, oldest first. */
  history(address: string): Promise<OptOutStatement[]>;
}

/** The ledger in this database. */
export function createOptOutStore(knex: Knex): OptOutStore {
  return guardStore<OptOutStore>({
    record: (statement) => recordOptOut(knex, statement),
    async show(address) {
      const rows = await query<OptOutRow>(knex, SHOW, { address });
      return rows.map(statementOf).map(({ scope, optedOut, source, at }) => ({ scope, optedOut, source, at }));
    },
    async history(address) {
      const rows = await query<OptOutRow>(knex, HISTORY, { address });
      return rows.map(statementOf);
    },
  });
}

/** The widest scope first. */
const SHOW = `
  select ${OPT_OUT_COLUMNS}
  from opt_outs as entry
  where entry.address = :address
  order by entry.sender nulls first, entry.channel nulls first, entry.category nulls first`;

const HISTORY = `
  select ${OPT_OUT_COLUMNS}
  from opt_out_history as entry
  where entry.address = :address
  order by entry.at, entry.statement_id`;
