import { DatabaseError as PostgresError } from 'pg';
import { DatabaseError, type DatabaseErrorDetails, DatabaseUnavailableError } from './database-error';
import { isConnectionCode, meaningOf } from './sqlstate';

/** How the driver words a lost or hanging connection: it has no code for it. knex puts the statement in front. */
const LOST_CONNECTION =
  /(Connection terminated( unexpectedly| due to connection timeout)?|timeout expired|Query read timeout|Client has encountered a connection error and is not queryable|Client was closed and is not queryable)$/;

/** Turns what knex and its driver throw into our errors, without the values that theirs quote. What is not theirs stays as it is. */
export function translateError(error: unknown): unknown {
  if (error instanceof PostgresError) {
    const { code = '', table, column, constraint } = error;
    return fromCode(code, { table, column, constraint });
  }
  if (!isErrorLike(error)) {
    return error;
  }
  if (error.name === 'KnexTimeoutError') {
    const message =
      'no connection to the database became free in time: raise the size of the pool or look for slow statements';
    return new DatabaseUnavailableError({ message });
  }
  if (typeof error.code === 'string' && isConnectionCode(error.code)) {
    return fromCode(error.code, {});
  }
  return LOST_CONNECTION.test(error.message) ? fromCode('08006', {}) : error;
}

/** By shape and not by class: what Node itself throws may come from another realm. */
function isErrorLike(error: unknown): error is { name: unknown; message: string; code?: unknown } {
  return (
    typeof error === 'object' &&
    error !== null &&
    'name' in error &&
    'message' in error &&
    typeof error.message === 'string'
  );
}

type Names = Pick<DatabaseErrorDetails, 'table' | 'column' | 'constraint'>;

function fromCode(code: string, names: Names): DatabaseError {
  const { fault, message: meaning } = meaningOf(code);
  const where = names.constraint ?? names.column ?? names.table;
  const message = `${meaning} (${[code, where].filter((part) => part !== undefined).join(', ')})`;
  return fault === 'unavailable'
    ? new DatabaseUnavailableError({ ...names, code, message })
    : new DatabaseError({ ...names, fault, code, message });
}
