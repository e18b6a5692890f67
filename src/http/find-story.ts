import { type CallbackStore } from '../database/callback-store';
import { type MessageStore } from '../database/message-store';
import { type OptOutCode } from '../domain/opt-out-code';
import { presentStory, type StoryView } from './presenters/story';

/** A message's callbacks are few: one for each turn of its story. */
const MOST_CALLBACKS = 200;

export interface StoryDependencies {
  readonly messages: Pick<MessageStore, 'find'>;
  readonly callbacks: Pick<CallbackStore, 'list'>;
  readonly optOutCodes: readonly OptOutCode[];
}

/** The whole story of a message; nothing when it has gone meanwhile. */
export async function findStory(
  { callbacks, messages, optOutCodes }: StoryDependencies,
  { messageId, tenant }: { readonly messageId: string; readonly tenant: string },
): Promise<StoryView[]> {
  const message = await messages.find(tenant, messageId);
  if (message === undefined) {
    return [];
  }
  const told = await callbacks.list({ tenant, messageId, limit: MOST_CALLBACKS });
  return [presentStory(message, told.callbacks, optOutCodes)];
}
