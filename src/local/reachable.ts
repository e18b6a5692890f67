import { realpath, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { type Account } from './postgres-account';

const EXECUTE_BITS = { owner: 0o100, group: 0o010, others: 0o001 } as const;

/**
 * Whether an account may pass through a folder and all folders above it, judged by their permission bits. A checkout
 * below `/root`, or in a folder that `mktemp -d` made as root, is closed to everybody else.
 */
export async function isReachable(folder: string, account: Account): Promise<boolean> {
  for (let path = await realpath(folder); ; path = dirname(path)) {
    const { mode, uid, gid } = await stat(path);
    const bit = uid === account.uid ? 'owner' : gid === account.gid ? 'group' : 'others';
    if ((mode & EXECUTE_BITS[bit]) === 0) {
      return false;
    }
    if (path === dirname(path)) {
      return true;
    }
  }
}
