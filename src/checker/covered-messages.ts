import { type Evidence, type MessageEvidence } from './evidence';

/** Rows are dated by Postgres and the log by the simulator. */
const CLOCKS_DIFFER_BY_MS = 1_000;

/**
 * The messages of which the log can tell all: those that were accepted since it began, and those that the caller names. What is
 * older may have had attempts, receipts and even a Temporal server that nobody has a log of.
 */
export function coveredMessages({
  acceptedMessageIds = [],
  log,
  messages,
}: Pick<Evidence, 'acceptedMessageIds' | 'log' | 'messages'>): MessageEvidence[] {
  const named = new Set(acceptedMessageIds);
  const beganAtMs = log.reduce((earliest, { at }) => Math.min(earliest, Date.parse(at)), Infinity);
  return messages.filter(
    ({ createdAtMs, messageId }) => named.has(messageId) || createdAtMs >= beganAtMs - CLOCKS_DIFFER_BY_MS,
  );
}
