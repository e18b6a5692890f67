import { readServer } from '../../database/read-server';
import { defineCheck } from '../check';
import { green, red, yellow } from '../finding';

/** Settings that posthorn's promises rest on. */
export const postgresSettings = defineCheck({
  name: 'postgres-settings',
  after: ['postgres'],
  needs: ['DATABASE_URL'],
  run: async ({ database }) => {
    const { settings } = await readServer(database());
    const unsafe = (['fsync', 'synchronous_commit', 'full_page_writes'] as const).filter(
      (name) => settings[name] === 'off',
    );
    if (unsafe.length > 0) {
      return red({
        what: `Postgres runs with ${unsafe.map((name) => `${name}=off`).join(', ')}.`,
        why: 'A webhook that was answered is not on disk: a crash loses receipts and opt-outs.',
        remedy: 'Switch it on, for the server, the database and the role.',
      });
    }
    const { default_transaction_isolation: isolation, server_encoding: encoding } = settings;
    return isolation === 'read committed' && encoding === 'UTF8'
      ? green('Commits are on disk when they are answered.')
      : yellow({
          what: `Postgres runs with default_transaction_isolation=${isolation} and server_encoding=${encoding}.`,
          why: 'posthorn is written for read committed and UTF8: else statements are refused, or texts cannot be stored.',
          remedy: "Set default_transaction_isolation to 'read committed'; make the database with encoding UTF8.",
        });
  },
});
