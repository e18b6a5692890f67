/** A page of this machine: what takes longer is not worth waiting for. Milliseconds. */
const TIMEOUT_MS = 2_000;

/**
 * What Temporal's SDK measures: its native part serves it on a port of its own, of this machine only.
 * @returns Prometheus' text format; nothing when it does not answer.
 */
export function createTemporalMetrics(port: number): () => Promise<string> {
  return async function readTemporalMetrics() {
    try {
      const answer = await fetch(`http://127.0.0.1:${port}/metrics`, { signal: AbortSignal.timeout(TIMEOUT_MS) });
      return answer.ok ? await answer.text() : '';
    } catch {
      return '';
    }
  };
}
