/** A migration could not run; nothing of it, or of those before it in the same run, has been kept. */
export class MigrationError extends Error {
  override readonly name = 'MigrationError';

  /** @param problem what Postgres says, without values of rows. */
  constructor(migrationName: string, problem: string) {
    super(
      `migration ${migrationName} failed and nothing was changed: ${problem}. ` +
        'Check that DATABASE_URL points at a database of posthorn alone, put right what is in the way, and run "posthorn setup" again',
    );
  }
}
