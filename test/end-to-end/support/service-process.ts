import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { type Environment } from '../../../src/config/environment';
import { until } from '../../support/until';

const ROOT = path.join(__dirname, '..', '..', '..');

/** A first start compiles TypeScript and bundles the workflows, on cores that other tests use too. */
const START_WITHIN_MS = 60_000;
const STOP_WITHIN_MS = 30_000;

/** One of posthorn's processes. */
export interface ServiceProcess {
  readonly child: ChildProcess;
  /** All that it wrote so far. */
  readonly output: () => string;
  /** Resolves with the exit code, or the signal that killed it. */
  readonly ended: Promise<number | NodeJS.Signals>;
  /** Waits until a log line has the message. @throws Error with the output when the process ends before */
  logged(message: string): Promise<Record<string, unknown>>;
  /** Asks it to end in good order; kills it when it does not. */
  stop(): Promise<number | NodeJS.Signals>;
}

/** Starts `src/<name>.ts` with nothing in its environment but what is given. */
export function startProcess(
  name: 'server' | 'worker' | 'cli/main',
  environment: Environment,
  args: readonly string[] = [],
): ServiceProcess {
  const child = spawn(process.execPath, ['--import', 'tsx', path.join(ROOT, 'src', `${name}.ts`), ...args], {
    cwd: ROOT,
    env: { PATH: process.env['PATH'], HOME: process.env['HOME'], ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (output += text));
  const ended = once(child, 'close').then(([code, signal]: unknown[]) => (code ?? signal) as number | NodeJS.Signals);

  return {
    child,
    output: () => output,
    ended,
    logged: (message) =>
      until(
        `"${message}" of ${name}`,
        () => {
          if (child.exitCode !== null) {
            throw new Error(`${name} ended with ${child.exitCode}:\n${output}`);
          }
          return logLines(output).find(({ msg }) => msg === message);
        },
        START_WITHIN_MS,
      ),
    stop: async () => {
      child.kill('SIGTERM');
      const timer = setTimeout(() => child.kill('SIGKILL'), STOP_WITHIN_MS);
      const end = await ended;
      clearTimeout(timer);
      return end;
    },
  };
}

function logLines(output: string): Record<string, unknown>[] {
  return output
    .split('\n')
    .filter((line) => line.startsWith('{') && line.endsWith('}'))
    .map((line) => JSON.parse(line) as Record<string, unknown>);
}
