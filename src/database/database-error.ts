/**
 * What is wrong, told apart by what helps.
 * - `unavailable`: the database cannot be reached or has no connection free; later it may.
 * - `contended`: lost against another transaction (serialization, deadlock, lock or statement time-out); at once again is fine.
 * - `refused`: the data breaks a rule of the schema; the same again fails again.
 * - `misconfigured`: login, database or tables are missing; a person has to mend it.
 * - `defect`: a statement of posthorn is wrong.
 */
export type DatabaseFault = 'unavailable' | 'contended' | 'refused' | 'misconfigured' | 'defect';

/** Names out of a Postgres error that hold no values: everything else in it may quote a row. */
export interface DatabaseErrorDetails {
  readonly fault: DatabaseFault;
  /** SQLSTATE, or the error code of the socket. Source: https://www.postgresql.org/docs/current/errcodes-appendix.html */
  readonly code?: string | undefined;
  readonly table?: string | undefined;
  readonly column?: string | undefined;
  readonly constraint?: string | undefined;
  /** What is wrong and what to do. */
  readonly message: string;
}

/** What leaves the stores when the database fails. It has no `cause`: the driver's error quotes values of rows. */
export class DatabaseError extends Error {
  override readonly name: string = 'DatabaseError';
  readonly fault: DatabaseFault;
  readonly code: string | undefined;
  readonly table: string | undefined;
  readonly column: string | undefined;
  readonly constraint: string | undefined;

  constructor(details: DatabaseErrorDetails) {
    super(details.message);
    this.fault = details.fault;
    this.code = details.code;
    this.table = details.table;
    this.column = details.column;
    this.constraint = details.constraint;
  }

  /** Whether the same call may succeed later without anybody doing anything. */
  get isRetryable(): boolean {
    return this.fault === 'unavailable' || this.fault === 'contended';
  }
}

/** The database cannot be reached, is starting, stopping or full. */
export class DatabaseUnavailableError extends DatabaseError {
  override readonly name = 'DatabaseUnavailableError';

  constructor(details: Omit<DatabaseErrorDetails, 'fault'>) {
    super({ ...details, fault: 'unavailable' });
  }
}
