import twilio from 'twilio';
import { type AccountSid, type ApiKeySid } from '../domain/sid';
import { DEFAULT_CONNECT_TIMEOUT_MS, DEFAULT_REQUEST_TIMEOUT_MS, RequestClient } from './request-client';

export interface TwilioClientOptions {
  readonly accountSid: AccountSid;
  readonly apiKeySid: ApiKeySid;
  readonly apiKeySecret: string;
  /** In place of all of Twilio's hosts, with the same paths: a simulator or a proxy. */
  readonly baseUrl?: string | undefined;
  /** Milliseconds; see `DEFAULT_REQUEST_TIMEOUT_MS`. */
  readonly requestTimeoutMs?: number | undefined;
  /** Milliseconds; see `DEFAULT_CONNECT_TIMEOUT_MS`. */
  readonly connectTimeoutMs?: number | undefined;
}

/** The SDK's client over posthorn's request client, logged in with an API key. Makes no request yet. */
export function createTwilioClient(options: TwilioClientOptions): twilio.Twilio {
  const { accountSid, apiKeySid, apiKeySecret, baseUrl } = options;
  const httpClient = new RequestClient({
    baseUrl,
    requestTimeoutMs: options.requestTimeoutMs ?? DEFAULT_REQUEST_TIMEOUT_MS,
    connectTimeoutMs: options.connectTimeoutMs ?? DEFAULT_CONNECT_TIMEOUT_MS,
    now: Date.now,
  });
  return twilio(apiKeySid, apiKeySecret, { accountSid, httpClient });
}
