import { withTimeLimit } from './time-limit';

/** A resource that could not be stopped, with the reason. */
export interface StopProblem {
  readonly name: string;
  readonly error: unknown;
}

/** How a stack of resources is stopped. */
export interface ResourceStackOptions {
  /** Milliseconds that each resource may take to stop, unless it was added with its own. */
  readonly stopWithinMs: number;
  /** Told of each resource that did not stop, as it happens. */
  readonly report: (problem: StopProblem) => void;
}

/** Named resources that are stopped in the reverse order of their start. */
export interface ResourceStack {
  /**
   * Remembers how to stop a resource that has just been started.
   *
   * @throws Error when the stack is already stopping; the resource is then stopped by the stack at once.
   */
  readonly add: (name: string, stop: () => Promise<void> | void, stopWithinMs?: number) => void;
  /** Adds a resource that has a `stop` of its own and returns it. */
  use<T extends { stop(): Promise<void> | void }>(name: string, resource: T): T;
  /** Stops everything once, last started first, each bounded in time; a failure never keeps the others running. */
  readonly stopAll: () => Promise<readonly StopProblem[]>;
}

interface Entry {
  readonly name: string;
  readonly stop: () => Promise<void> | void;
  readonly stopWithinMs: number;
}

/** Makes an empty stack. */
export function createResourceStack(options: ResourceStackOptions): ResourceStack {
  const entries: Entry[] = [];
  const problems: StopProblem[] = [];
  let stopping: Promise<readonly StopProblem[]> | undefined;

  const drain = async (): Promise<readonly StopProblem[]> => {
    for (let entry = entries.pop(); entry !== undefined; entry = entries.pop()) {
      try {
        await stopInTime(entry);
      } catch (error) {
        const problem = { name: entry.name, error };
        problems.push(problem);
        options.report(problem);
      }
    }
    return problems;
  };
  const add: ResourceStack['add'] = (name, stop, stopWithinMs = options.stopWithinMs) => {
    entries.push({ name, stop, stopWithinMs });
    if (stopping !== undefined) {
      stopping = stopping.then(drain);
      throw new Error(`${name} was started while everything is being stopped, so it is stopped again.`);
    }
  };
  return {
    add,
    use: (name, resource) => {
      add(name, () => resource.stop());
      return resource;
    },
    stopAll: () => (stopping ??= drain()),
  };
}

/**
 * Runs `work` with a stack and stops all that is on the stack afterwards, however `work` ends.
 *
 * @throws what `work` threw; otherwise AggregateError naming each resource that did not stop.
 */
export async function withResources<T>(
  options: ResourceStackOptions,
  work: (stack: ResourceStack) => Promise<T>,
): Promise<T> {
  const stack = createResourceStack(options);
  let result: T;
  try {
    result = await work(stack);
  } catch (error) {
    await stack.stopAll();
    throw error;
  }
  const problems = await stack.stopAll();
  if (problems.length > 0) {
    const names = problems.map(({ name }) => name).join(', ');
    throw new AggregateError(
      problems.map(({ error }) => error),
      `Not stopped: ${names}.`,
    );
  }
  return result;
}

async function stopInTime({ name, stop, stopWithinMs }: Entry): Promise<void> {
  const stopped = (async () => stop())();
  await withTimeLimit(stopped, stopWithinMs, `${name} did not stop within ${stopWithinMs} ms.`);
}
