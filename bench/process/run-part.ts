import { createResourceStack, type ResourceStack } from '../../src/resource-stack';
import { type FromPart, type ToPart } from './part-messages';

/** How long each thing that a part has started may take to stop, in milliseconds. */
const STOP_WITHIN_MS = 10_000;
const US_PER_MS = 1_000;

/** A part that runs. */
export interface Part<Facts> {
  /** What the benchmark has to know of it: where it listens, for example. */
  readonly facts: Facts;
  /** Answers a question of the benchmark. */
  readonly answer?: (question: unknown) => Promise<unknown>;
}

/** What a part is given to work with. */
export interface PartContext {
  /** Everything that is started is put on it. */
  readonly resources: ResourceStack;
  /** Tells the benchmark something without having been asked. */
  readonly notify: (notice: unknown) => void;
}

/** Starts a part with the settings that the benchmark gives it. */
export type StartPart<Settings, Facts> = (settings: Settings, context: PartContext) => Promise<Part<Facts>>;

/** Runs one part of the benchmark in this process, from the settings that come first until the benchmark lets go of it. */
export function runPart<Settings, Facts>(start: StartPart<Settings, Facts>): void {
  const resources = createResourceStack({
    stopWithinMs: STOP_WITHIN_MS,
    report: ({ name, error }) => process.stderr.write(`${name} did not stop: ${reasonOf(error)}\n`),
  });
  let part: Part<Facts> | undefined;

  const answer = async (message: ToPart): Promise<FromPart> => {
    switch (message.kind) {
      case 'start':
        part = await start(message.settings as Settings, { resources, notify });
        return { kind: 'started', facts: part.facts };
      case 'ask':
        return { kind: 'answered', id: message.id, answer: await part?.answer?.(message.question) };
      case 'processorTime':
        return { kind: 'answered', id: message.id, answer: processorTimeMs() };
    }
  };
  const hear = async (message: ToPart): Promise<void> => {
    try {
      tell(await answer(message));
    } catch (error) {
      tell({ kind: 'failed', reason: reasonOf(error), ...(message.kind !== 'start' && { id: message.id }) });
    }
  };
  process.on('message', (message) => void hear(message as ToPart));
  process.once('disconnect', () => void resources.stopAll().then(() => process.exit()));
  // Ctrl-C reaches the whole group; the benchmark then stops its parts in order.
  process.on('SIGINT', () => undefined);
}

function notify(notice: unknown): void {
  tell({ kind: 'notice', notice });
}

function tell(message: FromPart): void {
  if (process.connected) {
    process.send?.(message);
  }
}

function processorTimeMs(): number {
  const { system, user } = process.cpuUsage();
  return (system + user) / US_PER_MS;
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
