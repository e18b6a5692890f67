/** The promise that a value has to keep. */
export type Target = { readonly atLeast: number } | { readonly atMost: number } | { readonly below: number };

/** One line of the result. */
export interface Measurement {
  /** What was measured, in words that need no context. */
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  /** Absent for a value that is shown for itself. */
  readonly target?: Target;
  /** What it consists of, for the reader of the table. */
  readonly note?: string;
  /** The single rounds or counts behind the value, for the reader of the file. */
  readonly data?: unknown;
}

/** Whether a measurement keeps its promise; one without a promise does. */
export function isMet({ target, value }: Pick<Measurement, 'target' | 'value'>): boolean {
  if (target === undefined) {
    return true;
  }
  if ('atLeast' in target) {
    return value >= target.atLeast;
  }
  return 'atMost' in target ? value <= target.atMost : value < target.below;
}

/** The promise as the table shows it. */
export function describeTarget(target: Target): string {
  if ('atLeast' in target) {
    return `≥ ${target.atLeast}`;
  }
  return 'atMost' in target ? `≤ ${target.atMost}` : `< ${target.below}`;
}
