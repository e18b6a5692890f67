import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { type FromPart, type ToPart } from './part-messages';

/** How long a part may take to stop in order before it is killed, in milliseconds. */
const KILL_AFTER_MS = 15_000;

/** A part of the benchmark in a process of its own. */
export interface RunningPart<Facts> {
  readonly facts: Facts;
  ask<Answer>(question: unknown): Promise<Answer>;
  /** Milliseconds of processor time that the part has used so far: other work on the machine does not change it much. */
  processorTimeMs(): Promise<number>;
  stop(): Promise<void>;
}

export interface StartPartOptions<Settings> {
  /** Path of the file that calls `runPart`. */
  readonly entry: string;
  readonly settings: Settings;
  readonly onNotice?: (notice: unknown) => void;
}

interface Waiting {
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: Error) => void;
}

/** The start is answered like a question, which have the ids from 1 on. */
const START_ID = 0;

/**
 * Starts a part and waits until it is ready. It ends with `stop()`, and also when this process ends in any other way.
 * @throws Error with the part's own reason when it does not start.
 */
export async function startPart<Settings, Facts>(options: StartPartOptions<Settings>): Promise<RunningPart<Facts>> {
  const child = fork(options.entry, { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  const waiting = new Map<number, Waiting>();
  child.on('message', (message) => hear(message as FromPart, waiting, options.onNotice));
  child.once('exit', (code, signal) => {
    const error = new Error(`${options.entry} ended with ${signal ?? String(code)} while the benchmark needed it`);
    waiting.forEach(({ reject }) => reject(error));
  });

  let lastId = START_ID;
  const send = (id: number, message: ToPart): Promise<unknown> =>
    new Promise((resolve, reject) => {
      waiting.set(id, { resolve, reject });
      child.send(message);
    });
  const ask = (question: (id: number) => ToPart): Promise<unknown> => {
    lastId += 1;
    return send(lastId, question(lastId));
  };
  try {
    const facts = (await send(START_ID, { kind: 'start', settings: options.settings })) as Facts;
    return {
      facts,
      ask: async <Answer>(question: unknown) => (await ask((id) => ({ kind: 'ask', id, question }))) as Answer,
      processorTimeMs: async () => (await ask((id) => ({ kind: 'processorTime', id }))) as number,
      stop: () => stop(child),
    };
  } catch (error) {
    await stop(child);
    throw error;
  }
}

function hear(message: FromPart, waiting: Map<number, Waiting>, onNotice?: (notice: unknown) => void): void {
  if (message.kind === 'notice') {
    onNotice?.(message.notice);
    return;
  }
  const id = message.kind === 'started' ? START_ID : (message.id ?? START_ID);
  const asked = waiting.get(id);
  waiting.delete(id);
  switch (message.kind) {
    case 'started':
      asked?.resolve(message.facts);
      break;
    case 'answered':
      asked?.resolve(message.answer);
      break;
    case 'failed':
      asked?.reject(new Error(message.reason));
      break;
  }
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) {
    return;
  }
  const exited = once(child, 'exit');
  const killer = setTimeout(() => child.kill('SIGKILL'), KILL_AFTER_MS);
  if (child.connected) {
    child.disconnect();
  }
  await exited;
  clearTimeout(killer);
}
