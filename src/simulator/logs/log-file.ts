import { appendFileSync, closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { type Logged } from './bounded-log';
import { toLogLine } from './log-line';
import { type SimulatorEvent } from './simulator-event';

/** An append-only file with one JSON object in a line. */
export interface LogFile {
  /** Has handed the line to the operating system when it returns: what is answered afterwards is in the file. */
  write(event: Logged<SimulatorEvent>): void;
  /** What is written afterwards goes nowhere. Can be called again. */
  close(): void;
}

const LINE_FEED = 0x0a;

/**
 * Opens the file, or makes it; nobody but the owner may read a new one. Writes are synchronous: a process that is killed
 * loses nothing that it has acknowledged, and lines keep the order of what happened.
 * @throws Error ENOENT and the like, with the path
 */
export function openLogFile(path: string): LogFile {
  const descriptor = openSync(path, 'a+', 0o600);
  let isOpen = true;
  const append = (text: string): void => {
    if (isOpen) {
      appendFileSync(descriptor, text);
    }
  };
  append(endsInMidLine(descriptor) ? '\n' : '');
  append(`${JSON.stringify({ kind: 'log.opened', sequence: 0, at: new Date().toISOString() })}\n`);
  return {
    write: (event) => append(`${toLogLine(event)}\n`),
    close() {
      if (isOpen) {
        isOpen = false;
        closeSync(descriptor);
      }
    },
  };
}

/** Whether whoever wrote last was killed on the way. */
function endsInMidLine(descriptor: number): boolean {
  const { size } = fstatSync(descriptor);
  const last = Buffer.alloc(1);
  return size > 0 && readSync(descriptor, last, 0, 1, size - 1) === 1 && last[0] !== LINE_FEED;
}
