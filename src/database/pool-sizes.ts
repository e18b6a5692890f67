/**
 * Connections to Postgres of one process at most. The API's are for webhooks, requests, the relay and what it records;
 * the worker's writes take milliseconds, so a few serve many messages.
 */
export const POOL_SIZES = { api: 20, worker: 10 } as const;
