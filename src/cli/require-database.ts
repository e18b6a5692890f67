import { type Knex } from 'knex';
import { checkMigrated } from '../database/check-migrated';

/** @throws Error with the remedy when the database is not the one that this version of posthorn works with. */
export async function requireDatabase(knex: Knex): Promise<void> {
  const check = await checkMigrated(knex);
  if (!check.ok) {
    throw new Error(check.problem);
  }
}
