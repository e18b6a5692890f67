import { type Knex } from 'knex';
import { type MessageStore } from './database/message-store';
import { createTaskStore } from './database/task-store';
import { createTakeOnCallReply, type TakeOnCallReply } from './inbox/on-call-replies';
import { createSettleReply, type SettleReply } from './tasks/settle-reply';
import { type Logger } from './telemetry/logger';
import { type MessageClient } from './temporal/message-client';

export interface OnCallParts {
  readonly knex: Knex;
  readonly messages: Pick<MessageStore, 'accept'>;
  readonly client: Pick<MessageClient, 'acknowledge' | 'start'>;
  readonly logger: Logger;
}

/** What becomes of the replies of people on call. */
export function composeOnCall({ client, knex, logger, messages }: OnCallParts): {
  readonly takeReply: TakeOnCallReply;
  readonly settleReply: SettleReply;
} {
  const tasks = createTaskStore(knex);
  return {
    takeReply: createTakeOnCallReply(tasks),
    settleReply: createSettleReply({ tasks, messages, client, logger }),
  };
}
