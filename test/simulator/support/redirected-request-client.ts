import RequestClient from 'twilio/lib/base/RequestClient';
import type Response from 'twilio/lib/http/response';

/** The SDK's own client, with the origin of every request replaced. */
export class RedirectedRequestClient extends RequestClient {
  readonly #origin: string;

  /** @param timeoutMs how long to wait for an answer, in milliseconds */
  constructor(origin: string, timeoutMs: number) {
    super({ timeout: timeoutMs });
    this.#origin = origin;
  }

  override request<TData>(options: RequestClient.RequestOptions<TData>): Promise<Response<TData>> {
    const { pathname, search } = new URL(options.uri);
    return super.request<TData>({ ...options, uri: this.#origin + pathname + search });
  }
}
