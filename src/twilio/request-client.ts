import http from 'node:http';
import SdkRequestClient from 'twilio/lib/base/RequestClient';
import { limitConnectTime } from './connect-time-limit';
import { requestOperation } from './request-operation';
import { toTransportFault } from './transport-fault';
import { readTwilioAnswer, TwilioAnswer } from './twilio-answer';

/** A request to Twilio takes well under a second; after this long it is taken as lost. Milliseconds. */
export const DEFAULT_REQUEST_TIMEOUT_MS = 10_000;
/** Connections that take longer are given up, with the proof that nothing was sent. Milliseconds. */
export const DEFAULT_CONNECT_TIMEOUT_MS = 4_000;
/** More requests than this wait for a free connection, within their time. */
const MAX_CONNECTIONS = 100;

export interface RequestClientOptions {
  /** Takes the place of scheme and host of every Twilio URL; paths stay, after the path of the base URL if it has one. */
  readonly baseUrl?: string | undefined;
  /** Limit of a whole request, from the call to the last byte of the answer, in milliseconds. */
  readonly requestTimeoutMs: number;
  /** Limit of making a connection, in milliseconds; shorter than the request's to be of use. */
  readonly connectTimeoutMs: number;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Is told of each request that has ended. */
  readonly observe?: ObserveRequest | undefined;
}

/** A request to Twilio that has ended. */
export interface EndedRequest {
  /** As `requestOperation` names it. */
  readonly operation: string;
  /** HTTP status; undefined when there was no answer. */
  readonly status: number | undefined;
  readonly durationMs: number;
}
export type ObserveRequest = (request: EndedRequest) => void;

type Options<Data> = SdkRequestClient.RequestOptions<Data>;
type SdkResponse<Data> = Awaited<ReturnType<typeof SdkRequestClient.prototype.request<Data>>>;

/**
 * The SDK's request client with what the SDK has no option for: another base URL, a limit of the whole request,
 * the Retry-After header, and errors that hold neither credentials nor addresses.
 * Its `request` throws `TwilioAnswer` for every answer that is no success, `TransportFault` when there was none.
 * It never repeats a request by itself.
 */
export class RequestClient extends SdkRequestClient {
  readonly #baseUrl: URL | undefined;
  readonly #now: () => number;
  readonly #observe: ObserveRequest | undefined;

  constructor({ baseUrl, requestTimeoutMs, connectTimeoutMs, now, observe }: RequestClientOptions) {
    super({
      timeout: requestTimeoutMs,
      keepAlive: true,
      autoRetry: false,
      maxSockets: MAX_CONNECTIONS,
      maxTotalSockets: MAX_CONNECTIONS,
    });
    this.#baseUrl = baseUrl === undefined ? undefined : new URL(baseUrl);
    this.#now = now;
    this.#observe = observe;
    // The SDK sets an agent for https alone, and another one behind a proxy, which connects in its own way.
    this.axios.defaults.httpAgent = new http.Agent({ keepAlive: true, maxSockets: MAX_CONNECTIONS });
    for (const agent of [this.axios.defaults.httpAgent, this.axios.defaults.httpsAgent] as unknown[]) {
      if (agent instanceof http.Agent) {
        limitConnectTime(agent, connectTimeoutMs);
      }
    }
    // The HTTP client's own time-out measures silence: an answer in drops could outlast it.
    this.axios.interceptors.request.use((config) => ({
      ...config,
      signal: AbortSignal.timeout(requestTimeoutMs),
    }));
  }

  override async request<Data>(options: Options<Data>): Promise<SdkResponse<Data>> {
    const startedAtMs = performance.now();
    let status: number | undefined;
    try {
      const response = await super.request<Data>({ ...options, uri: this.#rebase(options.uri) });
      status = response.statusCode;
      if (response.statusCode >= 300) {
        throw readTwilioAnswer(response, this.#now());
      }
      return response;
    } catch (error) {
      throw error instanceof TwilioAnswer ? error : toTransportFault(error);
    } finally {
      const operation = requestOperation(options.method, options.uri);
      this.#observe?.({ operation, status, durationMs: performance.now() - startedAtMs });
    }
  }

  #rebase(uri: string): string {
    if (this.#baseUrl === undefined) {
      return uri;
    }
    const { pathname, search } = new URL(uri);
    return `${this.#baseUrl.origin}${this.#baseUrl.pathname.replace(/\/$/, '')}${pathname}${search}`;
  }
}
