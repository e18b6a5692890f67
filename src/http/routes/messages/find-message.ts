import { type MessageRecord, type MessageStore } from '../../../database/message-store';
import { type AppContext, tenantOf } from '../../app-context';
import { HttpProblem } from '../../http-problem';

/**
 * The message of the path, if it is the tenant's.
 * @throws HttpProblem `message_not_found`; the message of another tenant is not told from none.
 */
export async function findMessage(messages: Pick<MessageStore, 'find'>, context: AppContext): Promise<MessageRecord> {
  const messageId = context.params['id'] ?? '';
  const message = /^[\w-]{1,100}$/.test(messageId) ? await messages.find(tenantOf(context), messageId) : undefined;
  if (message === undefined) {
    throw new HttpProblem('message_not_found', {
      errors: [
        {
          field: 'id',
          message: 'id is not that of a message of yours: take `id` from the answer to POST /v1/messages',
        },
      ],
    });
  }
  return message;
}
