import { homedir, platform } from 'node:os';
import { isAbsolute, join } from 'node:path';
import { type Environment } from '../config/environment';

/**
 * The folder, outside the tree, for what one run fetches and later runs use again.
 *
 * `$XDG_CACHE_HOME/posthorn` when that variable holds an absolute path (XDG Base Directory Specification: relative ones
 * are ignored), otherwise the place that the operating system has for caches.
 */
export function cacheFolder(environment: Environment): string {
  const { XDG_CACHE_HOME: xdgCacheHome, LOCALAPPDATA: localAppData } = environment;
  if (xdgCacheHome !== undefined && isAbsolute(xdgCacheHome)) {
    return join(xdgCacheHome, 'posthorn');
  }
  if (platform() === 'win32' && localAppData !== undefined) {
    return join(localAppData, 'posthorn', 'cache');
  }
  const home = environment['HOME'] ?? homedir();
  return platform() === 'darwin' ? join(home, 'Library', 'Caches', 'posthorn') : join(home, '.cache', 'posthorn');
}
