import { type ImportCounts } from '../opt-outs/import-opt-outs';

const TELL_EVERY_MS = 1_000;
const MS_PER_SECOND = 1_000;

/** What an import's pace is made of. */
export interface ImportProgressOptions {
  readonly complain: (text: string) => void;
  /** Milliseconds that only grow. */
  readonly clock: () => number;
  /** Bytes that were read so far, and that there are; undefined when nobody knows. */
  readonly bytes: () => { readonly read: number; readonly total: number } | undefined;
}

/** Tells once a second how far an import is: rows, rows a second since it began, and the part of the file. */
export function createImportProgress({
  bytes,
  clock,
  complain,
}: ImportProgressOptions): (counts: ImportCounts) => void {
  const startedAtMs = clock();
  let toldAtMs = startedAtMs;
  return ({ rows, wrong }) => {
    const nowMs = clock();
    if (nowMs - toldAtMs < TELL_EVERY_MS) {
      return;
    }
    toldAtMs = nowMs;
    const pace = Math.round((rows * MS_PER_SECOND) / (nowMs - startedAtMs));
    const size = bytes();
    const part = size === undefined || size.total === 0 ? '' : `${Math.floor((size.read / size.total) * 100)} %, `;
    complain(`${part}rows ${rows}, ${pace} a second, wrong ${wrong}\n`);
  };
}
