import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { type Readable } from 'node:stream';
import { UsageError } from './usage-error';

/** A file to import, or standard input. */
export interface ImportFile {
  readonly chunks: Readable;
  /** Bytes that were read so far, and that there are; undefined for what is no file. */
  readonly bytes: () => { readonly read: number; readonly total: number } | undefined;
}

/** Opens what `FILE|-` names. @throws UsageError when there is no such file. */
export async function openImportFile(path: string, input: Readable): Promise<ImportFile> {
  if (path === '-') {
    return { chunks: input, bytes: () => undefined };
  }
  try {
    const facts = await stat(path);
    const chunks = createReadStream(path);
    return { chunks, bytes: () => (facts.isFile() ? { read: chunks.bytesRead, total: facts.size } : undefined) };
  } catch (error) {
    const { code } = error as { readonly code?: unknown };
    throw new UsageError(`The file cannot be read (${String(code)}): give its path, or - for standard input.`);
  }
}
