import { createDatabase } from '../../../src/database/client';
import { type Deployment } from '../../end-to-end/support/deployment';
import { until } from '../../support/until';

/** The rows of redriven messages, looked at past posthorn. */
export interface OpenMessages {
  /** Waits until the message is open again. */
  isOpen(messageId: string): Promise<void>;
  /** Whether a workflow has touched it since. */
  isStarted(messageId: string): Promise<boolean>;
  /** Puts its opening a minute back: no request is about to start it any more, and no sweep has just tried to. */
  makeOld(messageId: string): Promise<void>;
  close(): Promise<void>;
}

export function openMessages({ evidence }: Deployment): OpenMessages {
  const knex = createDatabase({ url: evidence.databaseUrl, poolMax: 1, applicationName: 'posthorn test' });
  const rowOf = (messageId: string) => knex('messages').where({ message_id: messageId });
  return {
    isOpen: async (messageId) => {
      await until('the message to be open', async () => (await rowOf(messageId).where('redrives', '>', 0)).length > 0);
    },
    isStarted: async (messageId) => (await rowOf(messageId).whereNotNull('started_at')).length > 0,
    makeOld: async (messageId) => {
      await rowOf(messageId).update({ reopened_at: new Date(Date.now() - 60_000), start_checked_at: null });
    },
    close: () => knex.destroy(),
  };
}
