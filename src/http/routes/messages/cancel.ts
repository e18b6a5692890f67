import { type MessageStore } from '../../../database/message-store';
import { strictObject } from '../../../request/strict-object';
import { type MessageClient } from '../../../temporal/message-client';
import { type AppContext, tenantOf } from '../../app-context';
import { messageLinks } from '../../message-path';
import { validateBody } from '../../validate';
import { updateMessage } from './update-message';

const bodySchema = strictObject('nothing, or an empty object', {});

/** POST /v1/messages/{id}/cancel: stops all that has not happened yet. */
export function cancelMessage(deps: {
  readonly messages: Pick<MessageStore, 'find'>;
  readonly client: Pick<MessageClient, 'cancel'>;
}) {
  return async function cancelMessage(context: AppContext): Promise<void> {
    await validateBody(bodySchema, context);
    const by = tenantOf(context);
    const { messageId, workflowId, answer } = await updateMessage(deps.messages, context, (id) =>
      deps.client.cancel(id, { by }),
    );
    context.body = {
      id: messageId,
      workflowId,
      canceled: true,
      alreadyHandedOver: answer.isAlreadyHandedOver,
      links: messageLinks(messageId),
    };
  };
}
