/** Work that goes on after the answer to a request, and that a stop has to wait for. */
export interface Background {
  /**
   * Starts a task unless too many are under way.
   * @returns whether it was started.
   */
  run(task: () => Promise<void>): boolean;
  /** Fulfilled when nothing is under way. */
  idle(): Promise<void>;
}

/** Runs at most `limit` tasks at once; `report` is told of each that fails. */
export function createBackground(options: {
  readonly limit: number;
  readonly report: (error: unknown) => void;
}): Background {
  const underWay = new Set<Promise<void>>();
  return {
    run(task) {
      if (underWay.size >= options.limit) {
        return false;
      }
      const work = task()
        .catch(options.report)
        .finally(() => underWay.delete(work));
      underWay.add(work);
      return true;
    },
    async idle() {
      while (underWay.size > 0) {
        await Promise.all(underWay);
      }
    },
  };
}
