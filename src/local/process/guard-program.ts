/**
 * Source of the guard, a Node program that runs one command and never outlives the process that started it.
 *
 * Its standard input is a pipe whose other end only that process holds. However the process ends, `kill -9` included,
 * the kernel closes the pipe; the guard then stops the command, removes the folders it was told to and ends. A command
 * that ends by itself ends the guard with the same exit code, and folders stay for the caller to look at. A line on the
 * pipe is the name of a signal for the command.
 *
 * It is text for `node --eval` because the same file has to work under Jest, tsx and from `dist` without a loader. The
 * order is the first argument, as JSON: see GuardOrder.
 */
export const guardProgram = `
const { spawn } = require('node:child_process');
const { rmSync } = require('node:fs');

const order = JSON.parse(process.argv[1]);
process.title = 'posthorn guard: ' + order.command;
const ignore = () => undefined;
process.stdout.on('error', ignore);
process.stderr.on('error', ignore);

const command = spawn(order.command, order.args, {
  cwd: order.workingFolder,
  stdio: ['ignore', 'inherit', 'inherit'],
  detached: process.platform !== 'win32',
  windowsHide: true,
  ...order.account,
});

let stopping = false;
function killEverything() {
  try {
    process.kill(-command.pid, 'SIGKILL');
  } catch {
    command.kill('SIGKILL');
  }
}
function stop() {
  if (!stopping) {
    stopping = true;
    command.kill(order.stopSignal);
    setTimeout(killEverything, order.killAfterMs).unref();
  }
}
function finish(exitCode) {
  if (stopping) {
    for (const folder of order.removeWhenStopped) {
      rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 });
    }
  }
  process.exit(exitCode);
}

command.on('error', (error) => {
  const reason = error.code === 'ENOENT' ? 'it is not installed here' : error.message;
  process.stderr.write('cannot run ' + order.command + ': ' + reason + '\\n');
  finish(127);
});
command.on('exit', (code) => {
  killEverything();
  finish(code ?? 1);
});
process.stdin.on('error', stop).on('close', stop).on('data', (signals) => {
  for (const signal of String(signals).split('\\n').filter(Boolean)) {
    command.kill(signal);
  }
});
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.on(signal, stop);
}
`;

/** What the guard is told to do. */
export interface GuardOrder {
  readonly command: string;
  readonly args: readonly string[];
  readonly workingFolder: string;
  /** The account to run the command as, when that is not our own. */
  readonly account?: { readonly uid: number; readonly gid: number };
  /** The signal that asks the command to stop. */
  readonly stopSignal: NodeJS.Signals;
  /** Milliseconds after which the command and all its children are killed. */
  readonly killAfterMs: number;
  /** Folders to remove after the command has been stopped. */
  readonly removeWhenStopped: readonly string[];
}
