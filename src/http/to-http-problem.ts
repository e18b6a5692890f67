import { UPDATE_REFUSALS } from '../../workflows/contract';
import { DatabaseError } from '../database/database-error';
import { InvalidCursorError } from '../database/invalid-cursor-error';
import { ReportTooSlowError } from '../database/report-store';
import { IdempotencyConflictError, TemporalUnavailableError, UpdateRefusedError } from '../temporal/errors';
import { HttpProblem } from './http-problem';

/** What an error of the layers below means to a caller; `internal_error` when nobody foresaw it. */
export function toHttpProblem(error: unknown): HttpProblem {
  if (error instanceof HttpProblem) {
    return error;
  }
  if (error instanceof DatabaseError) {
    return fromDatabase(error);
  }
  if (error instanceof ReportTooSlowError) {
    return new HttpProblem('report_too_slow', { cause: error });
  }
  if (error instanceof TemporalUnavailableError) {
    return new HttpProblem('temporal_unavailable', { cause: error });
  }
  if (error instanceof UpdateRefusedError) {
    return fromRefusal(error);
  }
  if (error instanceof IdempotencyConflictError) {
    return new HttpProblem('idempotency_conflict', { cause: error });
  }
  if (error instanceof InvalidCursorError) {
    return new HttpProblem('invalid_request', {
      errors: [
        {
          field: 'cursor',
          message: 'cursor is not a cursor of this list: take `nextCursor` of the page before, or leave it out',
        },
      ],
    });
  }
  return new HttpProblem('internal_error', { cause: error });
}

function fromDatabase(error: DatabaseError): HttpProblem {
  switch (error.fault) {
    case 'unavailable':
    case 'contended':
    case 'misconfigured':
      return new HttpProblem('database_unavailable', { cause: error });
    case 'refused':
    case 'defect':
      return new HttpProblem('internal_error', { cause: error });
  }
}

function fromRefusal(error: UpdateRefusedError): HttpProblem {
  switch (error.refusal) {
    case UPDATE_REFUSALS.alreadyClosed:
      return new HttpProblem('message_closed', { cause: error });
    case UPDATE_REFUSALS.noOpenTask:
      return new HttpProblem('no_open_task', { detail: error.message, cause: error });
    case UPDATE_REFUSALS.notHeld:
      return new HttpProblem('message_not_held', { cause: error });
    case UPDATE_REFUSALS.invalidRequest:
      return new HttpProblem('invalid_request', { detail: error.message, cause: error });
    default:
      return new HttpProblem('internal_error', { cause: error });
  }
}
