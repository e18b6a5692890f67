/** One request to the simulated API, as it ended. */
export interface RequestRecord {
  readonly method: string;
  /** Path and query. */
  readonly path: string;
  /** Null when no operation has that path. */
  readonly operation: string | null;
  /** HTTP status of the answer; null when none was sent. */
  readonly status: number | null;
  /** Twilio's error code, when it was refused. */
  readonly errorCode: number | null;
  /** Identifiers of the faults that were played on it. */
  readonly faultIds: readonly number[];
  readonly durationMs: number;
}
