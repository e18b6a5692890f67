/** Where a worker of a comparison connects to. */
export interface BenchWorkerSettings {
  readonly temporal: { readonly address: string; readonly namespace: string };
}

/** posthorn's own settings (src/temporal/create-workers.ts), for whatever is compared with it. */
export const MAX_CACHED_WORKFLOWS = 1_000;
export const MAX_CONCURRENT_ACTIVITIES = 100;
