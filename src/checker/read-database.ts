import { type Knex } from 'knex';
import { addressHash } from '../simulator/logs/address-hash';
import { ATTEMPTS, CALLBACKS, MESSAGES, OPT_OUTS, RECEIPTS } from './database-statements';
import { type Evidence } from './evidence';
import { type PagedStatement, readPages } from './read-pages';

/** The part of the evidence that is in Postgres. */
export type DatabaseEvidence = Pick<Evidence, 'messages' | 'attempts' | 'receipts' | 'optOuts' | 'callbacks'>;

/**
 * Reads the tables in one read-only transaction, so that they are of one moment.
 * @param onProgress is told how many rows of which table were read.
 */
export async function readDatabase(knex: Knex, onProgress: (line: string) => void): Promise<DatabaseEvidence> {
  return await knex.transaction(
    async (transaction) => {
      const read = <Row>(table: string, statement: PagedStatement<Row>): Promise<Row[]> =>
        readPages(transaction, statement, (count) => onProgress(`Postgres: ${count} rows of ${table}.`));
      const messages = await read('messages', MESSAGES);
      const attempts = await read('attempts', ATTEMPTS);
      const receipts = await read('delivery_events', RECEIPTS);
      const optOuts = await read('opt_out_history', OPT_OUTS);
      const callbacks = await read('callbacks', CALLBACKS);
      return {
        messages,
        attempts: attempts.map(({ recipient, ...attempt }) => ({ ...attempt, recipient: hashed(recipient) })),
        receipts,
        callbacks,
        optOuts: optOuts.map(({ address, sender, ...statement }) => ({
          ...statement,
          address: addressHash(address),
          sender: hashed(sender),
        })),
      };
    },
    { readOnly: true, isolationLevel: 'repeatable read' },
  );
}

function hashed(address: string | undefined): string | undefined {
  return address === undefined ? undefined : addressHash(address);
}
