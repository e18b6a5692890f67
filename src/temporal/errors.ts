/** Temporal cannot be reached, or does not answer in time. */
export class TemporalUnavailableError extends Error {
  override readonly name = 'TemporalUnavailableError';
}

/** There is no workflow for this message, or no longer: Temporal keeps closed ones for the namespace's retention only. */
export class WorkflowMissingError extends Error {
  override readonly name = 'WorkflowMissingError';
}

/** The workflow refused an update; nothing has changed. */
export class UpdateRefusedError extends Error {
  override readonly name = 'UpdateRefusedError';
  /** One of `UPDATE_REFUSALS`. */
  readonly refusal: string;

  constructor(refusal: string, message: string) {
    super(message);
    this.refusal = refusal;
  }
}

/** The idempotency key was used before, with another request. */
export class IdempotencyConflictError extends Error {
  override readonly name = 'IdempotencyConflictError';
}
