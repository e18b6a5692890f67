import { type MessageStore } from '../../../database/message-store';
import { strictObject } from '../../../request/strict-object';
import { textField } from '../../../request/text-field';
import { type MessageClient } from '../../../temporal/message-client';
import { type AppContext } from '../../app-context';
import { messageLinks } from '../../message-path';
import { validateBody } from '../../validate';
import { updateMessage } from './update-message';

const LONGEST_NAME = 200;
const LONGEST_REASON = 1000;

const bodySchema = strictObject('a JSON object such as {"by": "Ann", "reason": "the guest has asked for it"}', {
  by: textField('the name of who releases it', LONGEST_NAME).refine((name) => name.trim() !== '', {
    error: 'is empty: give the name of who releases it',
  }),
  reason: textField('why it cannot wait', LONGEST_REASON).refine((reason) => reason.trim() !== '', {
    error: 'is empty: say why it cannot wait',
  }),
});

/** POST /v1/messages/{id}/release: sends a message that quiet hours hold. */
export function releaseMessage(deps: {
  readonly messages: Pick<MessageStore, 'find'>;
  readonly client: Pick<MessageClient, 'release'>;
}) {
  return async function releaseMessage(context: AppContext): Promise<void> {
    const { by, reason } = await validateBody(bodySchema, context);
    const { messageId, workflowId, answer } = await updateMessage(deps.messages, context, (id) =>
      deps.client.release(id, { by, reason }),
    );
    const links = messageLinks(messageId);
    context.body = { id: messageId, workflowId, released: true, by, heldUntil: answer.heldUntil, links };
  };
}
