import { type Readable } from 'node:stream';
import { type Knex } from 'knex';
import { type Category } from '../domain/category';
import { type ReachChannel } from '../domain/channel';
import { type OptOutScope } from '../domain/opt-out-scope';
import { query } from './rows';
import { countNewOptOuts } from './sql/count-new-opt-outs';
import { findCoveringOptOut } from './sql/find-covering-opt-out';
import { listOptOuts } from './sql/list-opt-outs';
import { openOptOutExport } from './sql/open-opt-out-export';
import { OPT_OUT_COLUMNS, type OptOutRow, statementOf } from './sql/opt-out-row';
import { recordOptOuts } from './sql/record-opt-outs';
import { guardStore } from './with-database-errors';

/** Where a statement about an opt-out came from; `operator` is the command line. */
export const OPT_OUT_SOURCES = ['receipt', 'inbound_word', 'call_key', 'api', 'import', 'operator'] as const;
export type OptOutSource = (typeof OPT_OUT_SOURCES)[number];

/** Somebody said stop, or start again. */
export interface OptOutStatement {
  /** E.164. */
  readonly address: string;
  readonly scope: OptOutScope;
  readonly optedOut: boolean;
  readonly source: OptOutSource;
  /**
   * What tells this occurrence from every other: a message SID, a receipt SID with its error code, the id of an API request,
   * a digest of an imported row; never the text.
   * A word or a code alone would make the second STOP of a person look like a repetition of the first.
   */
  readonly evidence: string;
  /** Who said it: `recipient`, `twilio`, the tenant that asked, or the operator. */
  readonly actor: string;
  readonly reason?: string;
  /** When it was said, ISO 8601. */
  readonly at: string;
}

/** A message that is about to be sent. Addresses are E.164. */
export interface AddressedMessage {
  readonly recipient: string;
  readonly sender: string;
  readonly channel: ReachChannel;
  readonly category: Category;
  /** Evidence of the word that it answers: that word alone does not hold it back. */
  readonly answers?: string;
}

export interface OptOutEntry {
  readonly scope: OptOutScope;
  readonly optedOut: boolean;
  readonly source: OptOutSource;
  readonly at: string;
}

/** What statements changed. */
export interface RecordedCount {
  /** New in the history. */
  readonly added: number;
  /** States that are another now, by address and scope. */
  readonly moved: number;
}

/** Which states to list. Of the scope's parts null means those that say any. */
export interface OptOutFilter {
  readonly optedOut?: boolean;
  readonly source?: OptOutSource;
  /** E.164. */
  readonly sender?: string | null;
  readonly channel?: ReachChannel | null;
  readonly category?: Category | null;
  /** ISO 8601; nothing said before it. */
  readonly since?: string;
  /** `nextCursor` of the page before. */
  readonly cursor?: string;
  readonly limit: number;
}

export interface OptOutPage {
  readonly optOuts: readonly OptOutStatement[];
  /** Absent on the last page. A page before it may have fewer entries than asked for, even none. */
  readonly nextCursor?: string;
}

/** The ledger: an append-only history of statements, and what follows from it now. It is the account's, not one tenant's. */
export interface OptOutStore {
  /**
   * Adds a statement and moves the state, in one transaction. The same evidence twice (by address, scope, source and direction) changes nothing.
   * An older statement never overturns a newer one; of two at the same time, the one that says stop counts.
   */
  record(statement: OptOutStatement): Promise<{ readonly isNew: boolean }>;
  /** Like `record` for each of them, in one transaction; a few hundred at once, so that nobody waits for their rows. */
  recordAll(statements: readonly OptOutStatement[]): Promise<RecordedCount>;
  /** How many of them the history does not have; writes nothing. */
  countNew(statements: readonly OptOutStatement[]): Promise<number>;
  /**
   * The newest statement of each address and scope, newest first; a page costs the same whatever the filter.
   * @throws InvalidCursorError
   */
  list(filter: OptOutFilter): Promise<OptOutPage>;
  /**
   * The states, or the whole history, as CSV in the order of addresses: one snapshot, read as fast as the stream is.
   * The stream breaks off with an error of the driver when the database goes away; whoever opens it has to end or destroy it.
   */
  export(options: { readonly ofHistory: boolean }): Promise<Readable>;
  /** The STOP that holds the message back; undefined when it may be sent. The rule is the domain's `stopFor`. */
  stopFor(message: AddressedMessage): Promise<OptOutStatement | undefined>;
  /** The current state by scope; empty when nothing was ever said. */
  show(address: string): Promise<OptOutEntry[]>;
  /** Every statement, oldest first. */
  history(address: string): Promise<OptOutStatement[]>;
}

/** The ledger in this database. */
export function createOptOutStore(knex: Knex): OptOutStore {
  return guardStore<OptOutStore>({
    async record(statement) {
      const { added } = await recordOptOuts(knex, [statement]);
      return { isNew: added > 0 };
    },
    recordAll: (statements) => recordOptOuts(knex, statements),
    countNew: (statements) => countNewOptOuts(knex, statements),
    list: (filter) => listOptOuts(knex, filter),
    export: ({ ofHistory }) => openOptOutExport(knex, ofHistory),
    stopFor: (message) => findCoveringOptOut(knex, message),
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
