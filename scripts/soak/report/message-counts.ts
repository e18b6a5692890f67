import { type Knex } from 'knex';

export interface MessageCounts {
  readonly accepted: number;
  readonly closed: number;
}

/** How many messages there are, and how many have ended. */
export async function countMessages(knex: Knex): Promise<MessageCounts> {
  const { rows } = await knex.raw<{ rows: MessageCounts[] }>(
    'select count(*) as accepted, count(closed_at) as closed from messages',
  );
  return rows[0] ?? { accepted: 0, closed: 0 };
}
