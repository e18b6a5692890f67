import { type Client } from '@temporalio/client';
import { type Knex } from 'knex';
import { checkMigrated } from '../database/check-migrated';
import { missingSearchAttributes } from '../temporal/search-attribute-setup';
import { hasSweepSchedule } from '../temporal/sweep-schedule';
import { toTemporalError } from '../temporal/to-temporal-error';

/** Postgres or Temporal is not what posthorn needs. The message lists every problem with its remedy. */
export class NotReadyError extends Error {
  override readonly name = 'NotReadyError';

  constructor(problems: readonly string[]) {
    super(['posthorn cannot start:', ...problems.map((problem) => `  ${problem}`)].join('\n'));
  }
}

/**
 * Refuses to go on with a database or a namespace that `posthorn setup` has not made ready.
 * @throws NotReadyError, the errors of the database and of Temporal when they do not answer.
 */
export async function assertReady(knex: Knex, client: Client): Promise<void> {
  const problems = [...(await databaseProblems(knex)), ...(await temporalProblems(client))];
  if (problems.length > 0) {
    throw new NotReadyError(problems);
  }
}

async function databaseProblems(knex: Knex): Promise<string[]> {
  const check = await checkMigrated(knex);
  return check.ok ? [] : [check.problem];
}

async function temporalProblems(client: Client): Promise<string[]> {
  try {
    const missing = await missingSearchAttributes(client);
    return [
      ...missing.map((name) => `the Temporal namespace lacks the search attribute ${name}: run "posthorn setup"`),
      ...((await hasSweepSchedule(client))
        ? []
        : ['the Temporal namespace lacks the schedule of the sweep: run "posthorn setup"']),
    ];
  } catch (error) {
    throw toTemporalError(error);
  }
}
