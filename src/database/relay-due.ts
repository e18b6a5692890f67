import { type Knex } from 'knex';
import { claimDueEvents, type MatchedEvent, type RelayPace } from './sql/claim-due-events';
import { releaseEvents } from './sql/release-events';

/** `InboxStore.relayDue`: claim, settle all at once, take the settled ones off the list. */
export async function relayDue(
  knex: Knex,
  limit: number,
  settle: (event: MatchedEvent) => Promise<void>,
  pace: RelayPace,
): Promise<number> {
  const claimed = await claimDueEvents(knex, limit, pace);
  // In an async function of its own, so that a `settle` that throws at once is a rejection like any other.
  const results = await Promise.allSettled(claimed.map(async (event) => settle(event)));
  const settled = claimed.filter((_, index) => results[index]?.status === 'fulfilled');
  await releaseEvents(knex, settled);
  return claimed.length;
}
