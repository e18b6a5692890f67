import { type MessageStore } from '../../../database/message-store';
import { WorkflowMissingError } from '../../../temporal/errors';
import { type AppContext } from '../../app-context';
import { HttpProblem } from '../../http-problem';
import { findMessage } from './find-message';

/** The message that was asked, and what its workflow answered. */
export interface UpdatedMessage<Answer> {
  readonly messageId: string;
  readonly workflowId: string;
  readonly answer: Answer;
}

/**
 * Asks the workflow of the message in the path for something.
 * @throws HttpProblem when there is no workflow: `message_closed` after the end, `message_not_started` before the start.
 */
export async function updateMessage<Answer>(
  messages: Pick<MessageStore, 'find'>,
  context: AppContext,
  ask: (messageId: string) => Promise<Answer>,
): Promise<UpdatedMessage<Answer>> {
  const { messageId, workflowId } = await findOpenMessage(messages, context);
  try {
    return { messageId, workflowId, answer: await ask(messageId) };
  } catch (error) {
    if (!(error instanceof WorkflowMissingError)) {
      throw error;
    }
    // It may have ended since it was looked up.
    await findOpenMessage(messages, context);
    throw new HttpProblem('message_not_started', { cause: error });
  }
}

async function findOpenMessage(
  messages: Pick<MessageStore, 'find'>,
  context: AppContext,
): ReturnType<typeof findMessage> {
  const message = await findMessage(messages, context);
  if (message.status === 'closed') {
    throw new HttpProblem('message_closed');
  }
  return message;
}
