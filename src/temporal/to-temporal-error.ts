import {
  WorkflowNotFoundError,
  WorkflowUpdateFailedError,
  WorkflowUpdateRPCTimeoutOrCancelledError,
  isGrpcServiceError,
  ServiceError,
} from '@temporalio/client';
import { ApplicationFailure } from '@temporalio/common';
import { TemporalUnavailableError, UpdateRefusedError, WorkflowMissingError } from './errors';

/** Turns what Temporal's client throws into posthorn's words, at the edge where it enters. */
export function toTemporalError(error: unknown): Error {
  if (error instanceof WorkflowNotFoundError) {
    return new WorkflowMissingError('Temporal has no running workflow for this message.', { cause: error });
  }
  if (error instanceof WorkflowUpdateFailedError && error.cause instanceof ApplicationFailure) {
    return new UpdateRefusedError(error.cause.type ?? 'unknown', error.cause.message);
  }
  if (error instanceof WorkflowUpdateRPCTimeoutOrCancelledError) {
    return new TemporalUnavailableError('No worker answered in time; check that a posthorn worker runs.', {
      cause: error,
    });
  }
  const status = grpcStatus(error);
  if (status?.code === NOT_READY) {
    return new TemporalUnavailableError('The workflow could not take it just now, as its worker ended; ask again.', {
      cause: error,
    });
  }
  if (status !== undefined) {
    return SILENT_STATUSES.has(status.code)
      ? new TemporalUnavailableError('Temporal does not answer; check TEMPORAL_ADDRESS and the server.', {
          cause: error,
        })
      : new Error(`Temporal refused: ${status.details}`, { cause: error });
  }
  return error instanceof Error ? error : new Error('Temporal failed', { cause: error });
}

/** CANCELLED, DEADLINE_EXCEEDED, RESOURCE_EXHAUSTED, UNAVAILABLE. Source: https://grpc.io/docs/guides/status-codes/ */
const SILENT_STATUSES: ReadonlySet<number> = new Set([1, 4, 8, 14]);

/**
 * FAILED_PRECONDITION: what Temporal answers to an update whose workflow task failed with its worker (`WorkflowNotReady`).
 * Source: https://pkg.go.dev/go.temporal.io/api/serviceerror#WorkflowNotReady
 */
const NOT_READY = 9;

/** The answer of the server, or of the connection to it, that an error of Temporal's client was made from. */
function grpcStatus(error: unknown): { readonly code: number; readonly details: string } | undefined {
  const source = error instanceof ServiceError ? error.cause : error;
  return isGrpcServiceError(source) ? { code: source.code, details: source.details } : undefined;
}
