import { type MessageRecord, type MessageStore } from '../../../database/message-store';
import { describeStray } from '../../../domain/sid';
import { type AppContext, tenantOf } from '../../app-context';
import { HttpProblem } from '../../http-problem';

/**
 * The message of the path, if it is the tenant's.
 * @throws HttpProblem `message_not_found`; the message of another tenant is not told from none.
 */
export async function findMessage(messages: Pick<MessageStore, 'find'>, context: AppContext): Promise<MessageRecord> {
  const message = await messages.find(tenantOf(context), messageIdOf(context));
  if (message === undefined) {
    throw messageNotFound();
  }
  return message;
}

/**
 * The id in the path, as far as it could be one.
 * @throws HttpProblem `message_not_found`
 */
export function messageIdOf(context: AppContext): string {
  const messageId = context.params['id'] ?? '';
  const stray = describeStray(messageId, 'a message id starts with msg_');
  if (stray !== undefined) {
    throw new HttpProblem('message_not_found', { errors: [{ field: 'id', message: `id ${stray}` }] });
  }
  if (!/^[\w-]{1,100}$/.test(messageId)) {
    throw messageNotFound();
  }
  return messageId;
}

export function messageNotFound(): HttpProblem {
  return new HttpProblem('message_not_found', {
    errors: [
      {
        field: 'id',
        message: 'id is not that of a message of yours: take `id` from the answer to POST /v1/messages',
      },
    ],
  });
}
