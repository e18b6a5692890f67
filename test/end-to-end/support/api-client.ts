/** What a service that uses posthorn over HTTP would write. */
export interface ApiClient {
  request(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>;
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: MessageBody;
}

export interface MessageBody {
  readonly id: string;
  readonly workflowId: string;
  readonly status: string;
  readonly outcome: { readonly kind: string; readonly attempt: number; readonly reason: string } | null;
  readonly attempts: readonly {
    readonly number: number;
    readonly conversationSid: string | null;
    readonly participantSid: string | null;
    readonly messageSid: string | null;
    readonly status: string;
  }[];
}

export function createApiClient(baseUrl: string, apiKey: string): ApiClient {
  return {
    request: async (method, path, body, headers = {}) => {
      const answer = await fetch(`${baseUrl}${path}`, {
        method,
        headers: {
          authorization: `Bearer ${apiKey}`,
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          ...headers,
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      return { status: answer.status, headers: answer.headers, body: (await answer.json()) as MessageBody };
    },
  };
}
