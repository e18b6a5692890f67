import { type ApiClient } from './api-client';

/** A client that keeps the ids of the messages that were answered 202. */
export function rememberAccepted(api: ApiClient): { readonly api: ApiClient; readonly acceptedMessageIds: string[] } {
  const acceptedMessageIds: string[] = [];
  return {
    acceptedMessageIds,
    api: {
      request: async (method, path, ...rest) => {
        const answer = await api.request(method, path, ...rest);
        if (method === 'POST' && path.split('?')[0] === '/v1/messages' && answer.status === 202) {
          acceptedMessageIds.push(answer.body.id);
        }
        return answer;
      },
    },
  };
}
