import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { until } from './until';

const LINE_WITHIN_MS = 20_000;

/** A program of `test/local/fixtures` that runs in a process of its own. */
export interface Fixture {
  readonly process: ChildProcess;
  /** Fulfilled with the exit code, or null after a signal, once everything it printed was read. */
  readonly exited: Promise<number | null>;
  /** Waits for a line that starts with `start` and returns the rest of it. */
  line(start: string): Promise<string>;
}

/** Starts a fixture; the caller ends it. */
export function runFixture(name: string, args: readonly string[], environment: NodeJS.ProcessEnv): Fixture {
  const path = join(__dirname, '..', 'fixtures', `${name}.ts`);
  const child = spawn(process.execPath, ['--import', 'tsx', path, ...args], {
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const lines: string[] = [];
  createInterface({ input: child.stdout }).on('line', (line) => lines.push(line));
  createInterface({ input: child.stderr }).on('line', (line) => lines.push(line));
  const exited = new Promise<number | null>((resolve) => child.once('close', (code) => resolve(code)));
  const line = async (start: string): Promise<string> => {
    const found = (): string | undefined => lines.find((each) => each.startsWith(start));
    await until(`${name} prints "${start}"`, LINE_WITHIN_MS, () => found() !== undefined || child.exitCode !== null);
    const first = found();
    if (first === undefined) {
      throw new Error(`${name} ended without printing "${start}". It printed:\n${lines.join('\n')}`);
    }
    return first.slice(start.length);
  };
  return { process: child, exited, line };
}
