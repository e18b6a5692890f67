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
  if (error instanceof ServiceError || isGrpcServiceError(error)) {
    return new TemporalUnavailableError('Temporal does not answer; check TEMPORAL_ADDRESS and the server.', {
      cause: error,
    });
  }
  return error instanceof Error ? error : new Error('Temporal failed', { cause: error });
}
