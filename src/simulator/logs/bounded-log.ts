/** An entry as it stands in a log: numbered from 1 without gaps, and dated. */
export type Logged<Entry> = Entry & {
  readonly sequence: number;
  /** ISO 8601 with milliseconds. */
  readonly at: string;
};

/** Which part of a log to read. */
export interface LogRange {
  /** Only entries with a higher sequence number; 0 reads from the start. */
  readonly since?: number;
  /** At most so many, the newest of them. */
  readonly limit?: number;
}

/** An append-only log that keeps the newest entries and says how many it has let go. */
export interface BoundedLog<Entry> {
  append(entry: Entry): Logged<Entry>;
  /** Oldest first. */
  entries(range?: LogRange): Logged<Entry>[];
  /** How many entries were ever appended. */
  total(): number;
  /** How many of them are no longer kept. */
  dropped(): number;
  clear(): void;
}

/**
 * @param capacity how many entries are kept at least; up to twice as many are held, so that appending stays cheap
 */
export function createBoundedLog<Entry extends object>(capacity: number): BoundedLog<Entry> {
  let kept: Logged<Entry>[] = [];
  let total = 0;

  return {
    append(entry) {
      total += 1;
      const logged = { ...entry, sequence: total, at: new Date().toISOString() };
      kept.push(logged);
      if (kept.length >= capacity * 2) {
        kept = kept.slice(-capacity);
      }
      return logged;
    },
    entries({ since = 0, limit = capacity } = {}) {
      const firstKept = total - kept.length + 1;
      const from = Math.max(since + 1 - firstKept, kept.length - Math.min(limit, capacity), 0);
      return limit === 0 ? [] : kept.slice(from);
    },
    total: () => total,
    dropped: () => Math.max(0, total - capacity),
    clear() {
      kept = [];
      total = 0;
    },
  };
}
