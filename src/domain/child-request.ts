import { type RecipientRequest, type SendRequest } from './send-request';

/** What a message to one participant is asked for, before it is known whom it is for. */
export type ChildRequest = Omit<RecipientRequest, 'to' | 'from' | 'channel'>;

/** What a child takes from its parent. Its time to begin has come already, and the caller is told of the parent. */
export function childRequest(parent: SendRequest): ChildRequest {
  const { category, content, expiresAt, ignoreQuietHours, metadata, policy, timeZone } = parent;
  return {
    content,
    category,
    policy,
    metadata,
    ...(timeZone === undefined ? {} : { timeZone }),
    ...(expiresAt === undefined ? {} : { expiresAt }),
    ...(ignoreQuietHours === undefined ? {} : { ignoreQuietHours }),
  };
}
