/**
 * Lets no more than `most` calls run at once; the others wait, in the order in which they came. A report is the one statement that
 * reads very much: many at once would take the connections that webhooks need.
 */
export function takeTurns<Input, Output>(
  work: (input: Input) => Promise<Output>,
  most: number,
): (input: Input) => Promise<Output> {
  const waiting: (() => void)[] = [];
  let free = most;
  return async (input) => {
    if (free > 0) {
      free -= 1;
    } else {
      await new Promise<void>((resolve) => waiting.push(resolve));
    }
    try {
      return await work(input);
    } finally {
      const next = waiting.shift();
      if (next === undefined) {
        free += 1;
      } else {
        next();
      }
    }
  };
}
