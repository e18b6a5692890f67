/** What happened so far, by kind. */
export interface Tally {
  add(kind: string, count?: number): void;
  count(kind: string): number;
  /** All counts whose kind starts with the prefix, without it, by name. */
  under(prefix: string): readonly (readonly [kind: string, count: number])[];
  /** Something that must not happen, in words; never an address or a text. */
  problem(text: string): void;
  problems(): readonly string[];
}

/** An empty tally. */
export function createTally(): Tally {
  const counts = new Map<string, number>();
  const problems: string[] = [];
  return {
    add: (kind, count = 1) => void counts.set(kind, (counts.get(kind) ?? 0) + count),
    count: (kind) => counts.get(kind) ?? 0,
    under: (prefix) =>
      [...counts]
        .filter(([kind]) => kind.startsWith(prefix))
        .map(([kind, count]) => [kind.slice(prefix.length), count] as const)
        .sort(([a], [b]) => a.localeCompare(b)),
    problem: (text) => void problems.push(text),
    problems: () => problems,
  };
}
