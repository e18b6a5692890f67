import { randomBytes } from 'node:crypto';

/** What the simulator of a local stack takes for a Twilio account, and the key to posthorn's own API. */
export interface LocalCredentials {
  readonly twilio: {
    readonly accountSid: string;
    readonly authToken: string;
    readonly apiKeySid: string;
    readonly apiKeySecret: string;
    readonly serviceSid: string;
  };
  /** The key of `LOCAL_TENANT`. */
  readonly apiKey: string;
}

/** The tenant that a local stack knows. */
export const LOCAL_TENANT = 'local';

/** Fresh secrets for one run: nothing in a local stack is worth keeping, and nothing is written down. */
export function randomCredentials(): LocalCredentials {
  const hex = (): string => randomBytes(16).toString('hex');
  return {
    twilio: {
      accountSid: `AC${hex()}`,
      authToken: hex(),
      apiKeySid: `SK${hex()}`,
      apiKeySecret: hex(),
      serviceSid: `IS${hex()}`,
    },
    apiKey: hex(),
  };
}
