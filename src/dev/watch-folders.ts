import { type FSWatcher, readdirSync, watch } from 'node:fs';
import { join } from 'node:path';

/** Editors write a file in several steps, and a checkout many files at once. */
const SETTLED_AFTER_MS = 200;

/** A watch on folders. */
export interface FolderWatch {
  stop(): void;
}

/**
 * Watches folders and all below them, those that are made later too.
 * @param onChange is told the paths that changed, once nothing has changed for a moment.
 */
export function watchFolders(roots: readonly string[], onChange: (paths: readonly string[]) => void): FolderWatch {
  const watchers = new Map<string, FSWatcher>();
  const changed = new Set<string>();
  let settling: NodeJS.Timeout | undefined;

  const settle = (): void => {
    const paths = [...changed];
    changed.clear();
    watchAll();
    onChange(paths);
  };
  const watchOne = (folder: string): void => {
    const watcher = watch(folder, (_event, name) => {
      changed.add(join(folder, name ?? ''));
      clearTimeout(settling);
      settling = setTimeout(settle, SETTLED_AFTER_MS);
    });
    // A folder that is removed ends its watch; the one above has told of it.
    watcher.on('error', () => forget(folder));
    watchers.set(folder, watcher);
  };
  const forget = (folder: string): void => {
    watchers.get(folder)?.close();
    watchers.delete(folder);
  };
  const watchAll = (): void => {
    const folders = new Set(roots.flatMap(foldersIn));
    [...watchers.keys()].filter((folder) => !folders.has(folder)).forEach(forget);
    [...folders].filter((folder) => !watchers.has(folder)).forEach(watchOne);
  };

  watchAll();
  return {
    stop: () => {
      clearTimeout(settling);
      [...watchers.keys()].forEach(forget);
    },
  };
}

function foldersIn(root: string): string[] {
  const entries = readdirSync(root, { recursive: true, withFileTypes: true });
  return [root, ...entries.filter((entry) => entry.isDirectory()).map((entry) => join(entry.parentPath, entry.name))];
}
