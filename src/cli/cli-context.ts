import { type Readable, type Writable } from 'node:stream';
import { type Environment } from '../config/environment';

/** What the commands get from the process that they run in. */
export interface CliContext {
  /** The variables of the process together with those of `.env`. */
  readonly readEnvironment: () => Environment;
  /** What the process was started with, without `.env`: the demo must not end up in a real database. */
  readonly processEnvironment: Environment;
  /** Standard output and standard error. */
  readonly write: (text: string) => void;
  readonly complain: (text: string) => void;
  /** Standard input, and standard output for what is too large to be written at once. */
  readonly input: Readable;
  readonly output: Writable;
  /** Says how the process is to end; without it 0. */
  readonly setExitCode: (exitCode: number) => void;
}
