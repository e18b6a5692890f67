import twilio from 'twilio';
import { type AccountSid, type ApiKeySid } from '../domain/sid';
import {
  DEFAULT_CONNECT_TIMEOUT_MS,
  DEFAULT_REQUEST_TIMEOUT_MS,
  type ObserveRequest,
  RequestClient,
} from './request-client';

export interface TwilioClientOptions {
  readonly accountSid: AccountSid;
  /** An API key, or the account itself with its auth token as the secret. */
  readonly apiKeySid: ApiKeySid | AccountSid;
  readonly apiKeySecret: string;
  /** In place of all of Twilio's hosts, with the same paths: a simulator or a proxy. */
  readonly baseUrl?: string | undefined;
  /** Milliseconds; see `DEFAULT_REQUEST_TIMEOUT_MS`. */
  readonly requestTimeoutMs?: number | undefined;
  /** Milliseconds; see `DEFAULT_CONNECT_TIMEOUT_MS`. */
  readonly connectTimeoutMs?: number | undefined;
  /** Is told of each request that has ended. */
  readonly observe?: ObserveRequest | undefined;
}

/** The SDK's client over posthorn's request client, logged in with an API key. Makes no request yet. */
export function createTwilioClient(options: TwilioClientOptions): twilio.Twilio {
  const { accountSid, apiKeySid, apiKeySecret, baseUrl } = options;
  const httpClient = new RequestClient({
    baseUrl,
    requestTimeoutMs: options.requestTimeoutMs ?? DEFAULT_REQUEST_TIMEOUT_MS,
    connectTimeoutMs: options.connectTimeoutMs ?? DEFAULT_CONNECT_TIMEOUT_MS,
    now: Date.now,
    observe: options.observe,
  });
  return twilio(apiKeySid, apiKeySecret, { accountSid, httpClient });
}
