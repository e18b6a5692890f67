import { type MessageView } from '../http/presenters/message';
import { type OptOutHistoryView, type OptOutView } from '../http/presenters/opt-out';
import { type TaskView } from '../http/presenters/task';
import { type SendRequestInput } from '../request/send-request-schema';

export interface PosthornApiOptions {
  readonly url: string;
  readonly apiKey: string;
  /** Gives up calls that are under way. */
  readonly signal: AbortSignal;
}

/** The HTTP API as any service would call it. Every method throws an Error with the whole answer when it is refused. */
export interface PosthornApi {
  send(request: SendRequestInput): Promise<{ readonly id: string; readonly workflowId: string }>;
  show(messageId: string): Promise<MessageView>;
  listTasks(queue: string): Promise<readonly TaskView[]>;
  acknowledge(messageId: string, by: string): Promise<void>;
  showOptOut(address: string): Promise<OptOutView>;
  showOptOutHistory(address: string): Promise<OptOutHistoryView>;
  liftOptOut(address: string, reason: string): Promise<void>;
}

/** The API at a URL. */
export function createPosthornApi({ url, apiKey, signal }: PosthornApiOptions): PosthornApi {
  const call = async <Answer>(method: string, path: string, body?: unknown): Promise<Answer> => {
    const answer = await fetch(`${url}/v1/${path}`, {
      method,
      headers: { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' },
      body: body === undefined ? null : JSON.stringify(body),
      signal,
    });
    if (!answer.ok) {
      throw new Error(`${method} /v1/${path} was answered with ${answer.status}: ${await answer.text()}`);
    }
    return (await answer.json()) as Answer;
  };
  return {
    send: (request) => call('POST', 'messages', request),
    show: (messageId) => call('GET', `messages/${messageId}`),
    listTasks: async (queue) => (await call<{ tasks: TaskView[] }>('GET', `tasks?queue=${queue}`)).tasks,
    acknowledge: (messageId, by) => call('POST', `messages/${messageId}/acknowledge`, { by }),
    showOptOut: (address) => call('GET', `opt-outs/${encodeURIComponent(address)}`),
    showOptOutHistory: (address) => call('GET', `opt-outs/${encodeURIComponent(address)}/history`),
    liftOptOut: (address, reason) => call('DELETE', `opt-outs/${encodeURIComponent(address)}`, { reason }),
  };
}
