import { Counter, type Registry } from 'prom-client';

/** What API and worker both count. */
export interface SharedMetrics {
  readonly receipts: Counter<'source' | 'status'>;
  readonly unknownWords: Counter<'kind'>;
  readonly corrections: Counter<'was' | 'is'>;
}

/** Registers what API and worker both count. */
export function createSharedMetrics(registry: Registry): SharedMetrics {
  const registers = [registry];
  return {
    receipts: new Counter({
      name: 'posthorn_receipts_total',
      help: 'New receipts, by who told of them and by status; a status that posthorn does not know is "unknown"',
      labelNames: ['source', 'status'],
      registers,
    }),
    unknownWords: new Counter({
      name: 'posthorn_unknown_words_total',
      help: 'New receipts with a status or an error code that posthorn does not know; the log and the message have the word',
      labelNames: ['kind'],
      registers,
    }),
    corrections: new Counter({
      name: 'posthorn_outcome_corrections_total',
      help: 'Outcomes that late truth corrected, by what they were and what they are',
      labelNames: ['was', 'is'],
      registers,
    }),
  };
}
