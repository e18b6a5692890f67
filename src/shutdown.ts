import { constants } from 'node:os';

/** The signals that ask a process to end in good order. */
export type ShutdownSignal = 'SIGINT' | 'SIGTERM';

const shutdownSignals = ['SIGINT', 'SIGTERM'] as const satisfies readonly ShutdownSignal[];

/**
 * A second signal counts as "now, at once" only after this pause: a single Ctrl-C under `npm run` arrives twice, once
 * from the terminal and once forwarded by npm.
 */
const SAME_KEYPRESS_MS = 1000;

/** What a process offers so that shutdown signals can be heard; `process` itself fits. */
export interface SignalSource {
  on(signal: ShutdownSignal, listener: (signal: ShutdownSignal) => void): unknown;
  off(signal: ShutdownSignal, listener: (signal: ShutdownSignal) => void): unknown;
}

/** How shutdown signals are handled. */
export interface ShutdownSignalOptions {
  /** Where the signals come from, usually `process`. */
  readonly source: SignalSource;
  /** Milliseconds that an orderly stop may take before `forceExit` is called. */
  readonly forceAfterMs: number;
  /** Ends the process at once, usually `process.exit`; the code is 128 + the number of the signal. */
  readonly forceExit: (exitCode: number) => void;
  /** Tells a person what is happening, one line at a time. */
  readonly announce: (line: string) => void;
}

/** Signal handling while it is installed. */
export interface ShutdownSignals {
  /** Fulfilled by the first signal; pending for ever when none comes. */
  readonly requested: Promise<ShutdownSignal>;
  /** Aborted by the first signal, for work that can be given up. */
  readonly abortSignal: AbortSignal;
  /** Takes the handlers and the force timer away; Ctrl-C then ends the process as Node does by itself. */
  remove(): void;
}

/** The exit code that shells give to a process ended by this signal: 130 for SIGINT, 143 for SIGTERM. */
export function exitCodeOf(signal: ShutdownSignal): number {
  return 128 + constants.signals[signal];
}

/**
 * Hears SIGINT and SIGTERM. The first one is told to the caller, who stops what it started; a second one, or an orderly
 * stop that takes longer than `forceAfterMs`, forces the exit.
 */
export function listenForShutdown(options: ShutdownSignalOptions): ShutdownSignals {
  const controller = new AbortController();
  const { promise, resolve } = deferred<ShutdownSignal>();
  let firstAt: number | undefined;
  let forceTimer: NodeJS.Timeout | undefined;

  const begin = (signal: ShutdownSignal): void => {
    options.announce(`${signal}: stopping; press Ctrl-C again to quit at once.`);
    forceTimer = setTimeout(() => {
      options.announce(`Not stopped after ${options.forceAfterMs} ms: quitting now.`);
      options.forceExit(exitCodeOf(signal));
    }, options.forceAfterMs).unref();
    resolve(signal);
    controller.abort(new Error(`Stopped by ${signal}.`));
  };
  const hear = (signal: ShutdownSignal): void => {
    if (firstAt === undefined) {
      firstAt = performance.now();
      begin(signal);
    } else if (performance.now() - firstAt >= SAME_KEYPRESS_MS) {
      options.announce(`${signal} again: quitting now.`);
      options.forceExit(exitCodeOf(signal));
    }
  };

  shutdownSignals.forEach((signal) => options.source.on(signal, hear));
  return {
    requested: promise,
    abortSignal: controller.signal,
    remove: () => {
      clearTimeout(forceTimer);
      shutdownSignals.forEach((signal) => options.source.off(signal, hear));
    },
  };
}

function deferred<T>(): { promise: Promise<T>; resolve: (value: T) => void } {
  let resolve: (value: T) => void = () => undefined;
  const promise = new Promise<T>((fulfil) => {
    resolve = fulfil;
  });
  return { promise, resolve };
}
