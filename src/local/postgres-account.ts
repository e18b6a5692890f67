import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/** A system account by its numbers. */
export interface Account {
  readonly uid: number;
  readonly gid: number;
}

/** Accounts that exist nearly everywhere; none is ever made. */
const accountNames = ['nobody', 'postgres'] as const;

/**
 * The account that Postgres runs as: undefined stands for our own, and for root, as which Postgres refuses to run, it
 * is an unprivileged one that is there anyway.
 *
 * @throws Error when we are root and there is no such account.
 */
export async function postgresAccount(): Promise<Account | undefined> {
  if (process.getuid?.() !== 0) {
    return undefined;
  }
  for (const name of accountNames) {
    const account = await accountNamed(name).catch(() => undefined);
    if (account !== undefined) {
      return account;
    }
  }
  throw new Error(
    `Postgres does not run as root, and no account ${accountNames.join(' or ')} exists to run it as. ` +
      'Start this as an ordinary user, or set DATABASE_URL to a Postgres that already runs.',
  );
}

async function accountNamed(name: string): Promise<Account> {
  const [uid, gid] = await Promise.all([numberFromId('-u', name), numberFromId('-g', name)]);
  return { uid, gid };
}

async function numberFromId(option: '-u' | '-g', name: string): Promise<number> {
  const { stdout } = await promisify(execFile)('id', [option, name]);
  return Number.parseInt(stdout, 10);
}
