import { type Environment } from '../../src/config/environment';
import { type LocalCredentials } from '../../src/local/local-credentials';
import { stackVariables } from '../../src/local/stack-variables';
import { existingTemporalServer } from '../../src/local/temporal-server';

/** More calls to Twilio than any machine makes: the rate limit must not be what is measured. */
export const UNLIMITED_PER_SECOND = 100_000;

/** Where posthorn finds what it needs. */
export interface PosthornPlaces {
  readonly databaseUrl: string;
  readonly temporal: { readonly address: string; readonly namespace: string };
  readonly credentials: LocalCredentials;
  /** Base URL of the simulator; the API needs none. */
  readonly twilioUrl?: string;
}

/** posthorn's own environment, as an operator would set it. */
export function posthornVariables({ credentials, databaseUrl, temporal, twilioUrl }: PosthornPlaces): Environment {
  const server = existingTemporalServer(temporal.address, temporal.namespace);
  return {
    ...stackVariables({ databaseUrl, temporal: server }, credentials, 0),
    ...(twilioUrl === undefined ? {} : { TWILIO_API_BASE_URL: twilioUrl }),
  };
}
