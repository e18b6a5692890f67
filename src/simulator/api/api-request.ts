import { type Service } from '../entities/service';

/** A request to the simulated API, read and checked as far as every operation needs it. */
export interface ApiRequest {
  /** The service of the path, or the default one. */
  readonly service: Service;
  /** The service that the path names; null for the default one, whose answers do not name it either. */
  readonly pathServiceSid: string | null;
  /** Absolute URL up to `/v1`. */
  readonly rootUrl: string;
  /** Absolute URL up to what the resource's own path follows: the service, or `/v1`. */
  readonly baseUrl: string;
  /** Path as requested. */
  readonly path: string;
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly form: URLSearchParams;
  /** Whether webhooks tell of what this request does. */
  readonly webhookEnabled: boolean;
  /** When it came, before any fault held it up. */
  readonly requestedAt: Date;
}

/** What an operation answers. */
export interface ApiAnswer {
  readonly status: 200 | 201 | 204;
  readonly body?: Record<string, unknown>;
}

/** Carries out an operation. @throws TwilioApiError to refuse it */
export type ApiHandler = (request: ApiRequest) => ApiAnswer | Promise<ApiAnswer>;
