import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';

/** Writes an executable shell script, with the folders above it. */
export async function writeScript(path: string, ...lines: readonly string[]): Promise<string> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, ['#!/bin/sh', ...lines, ''].join('\n'));
  await chmod(path, 0o755);
  return path;
}

/** Writes a script that answers `--version` as the Temporal command line does. */
export function writeFakeCli(path: string, version: string): Promise<string> {
  return writeScript(path, `echo "temporal version ${version} (Server 0.0.0, UI 0.0.0)"`);
}
