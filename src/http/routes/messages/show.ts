import { type MessageStore } from '../../../database/message-store';
import { type OptOutCode } from '../../../domain/opt-out-code';
import { type AppContext } from '../../app-context';
import { presentMessage } from '../../presenters/message';
import { findMessage } from './find-message';

/** GET /v1/messages/{id} */
export function showMessage(deps: {
  readonly messages: Pick<MessageStore, 'find'>;
  readonly optOutCodes: readonly OptOutCode[];
}) {
  return async function showMessage(context: AppContext): Promise<void> {
    context.body = presentMessage(await findMessage(deps.messages, context), deps.optOutCodes);
  };
}
