import { type MessageStore } from '../../../database/message-store';
import { strictObject } from '../../../request/strict-object';
import { textField } from '../../../request/text-field';
import { type MessageClient } from '../../../temporal/message-client';
import { compact } from '../../../twilio/compact';
import { type AppContext } from '../../app-context';
import { messageLinks } from '../../message-path';
import { validateBody } from '../../validate';
import { updateMessage } from './update-message';

const LONGEST_NAME = 200;
const LONGEST_NOTE = 1000;

const bodySchema = strictObject('a JSON object such as {"by": "Ann"}', {
  by: textField('the name of who takes it', LONGEST_NAME).refine((name) => name.trim() !== '', {
    error: 'is empty: give the name of who takes it',
  }),
  note: textField('a note', LONGEST_NOTE).optional(),
});

/** POST /v1/messages/{id}/acknowledge: closes the open human task of a message. */
export function acknowledgeMessage(deps: {
  readonly messages: Pick<MessageStore, 'find'>;
  readonly client: Pick<MessageClient, 'acknowledge'>;
}) {
  return async function acknowledgeMessage(context: AppContext): Promise<void> {
    const { by, note } = await validateBody(bodySchema, context);
    const { messageId, workflowId, answer } = await updateMessage(deps.messages, context, (id) =>
      deps.client.acknowledge(id, { by, ...compact({ note }) }),
    );
    const links = messageLinks(messageId);
    context.body = { id: messageId, workflowId, acknowledged: true, by, queue: answer.queue, links };
  };
}
