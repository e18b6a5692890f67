import { type Client } from '@temporalio/client';
import { type Knex } from 'knex';
import { createDatabase } from './database/client';
import { createTraceStore } from './database/trace-store';
import { type DoctorContext } from './doctor/doctor-context';
import { postAsTwilio } from './doctor/post-as-twilio';
import { type ReadSettings, type Settings } from './doctor/settings';
import { type CallSid } from './domain/sid';
import { type ResourceStack } from './resource-stack';
import { connectClient } from './temporal/connect-client';
import { toTemporalError } from './temporal/to-temporal-error';
import { type AccountGateway } from './twilio/account-gateway';
import { createAccountGateway } from './twilio/create-account-gateway';
import { createTwilioClient } from './twilio/twilio-client';
import { TwilioError } from './twilio/twilio-error';

/** Checks of the database wait for each other: none takes long. */
const DATABASE_POOL_MAX = 2;

/** A server that runs answers at once; the client alone would repeat for long. */
const ANSWER_WITHIN_MS = 5_000;

/** What the doctor's checks work with, over what of the configuration can be used. Nothing is connected before its first use. */
export function composeDoctor({ problems, settings }: ReadSettings, resources: ResourceStack): DoctorContext {
  const twilio = once(() => gatewayFor(settings));
  const database = once(() => databaseFor(settings, resources));
  const temporal = once(() => temporalFor(settings, resources));
  return {
    settings,
    problems,
    twilio,
    acceptsAuthToken: (authToken) => acceptsAuthToken(settings, authToken),
    database,
    temporal: async (ask) => await askTemporal(temporal(), ask),
    postAsTwilio,
    knownCalls: (callSids) => knownCalls(database(), callSids),
    now: Date.now,
  };
}

/** The gateway to the account of a configuration. @throws Error that names what is missing. */
export function gatewayFor(settings: Settings): AccountGateway {
  return createAccountGateway(twilioClientFor(settings));
}

/** The SDK's client for the account of a configuration. @throws Error that names what is missing. */
export function twilioClientFor(settings: Settings): ReturnType<typeof createTwilioClient> {
  const accountSid = needed(settings, 'TWILIO_ACCOUNT_SID');
  const apiKeySid = needed(settings, 'TWILIO_API_KEY_SID');
  const apiKeySecret = needed(settings, 'TWILIO_API_KEY_SECRET');
  const { TWILIO_API_BASE_URL: baseUrl } = settings;
  return createTwilioClient({ accountSid, apiKeySid, apiKeySecret, baseUrl });
}

async function acceptsAuthToken(settings: Settings, authToken: string): Promise<boolean> {
  const accountSid = needed(settings, 'TWILIO_ACCOUNT_SID');
  const { TWILIO_API_BASE_URL: baseUrl } = settings;
  const login = { accountSid, apiKeySid: accountSid, apiKeySecret: authToken, baseUrl };
  try {
    await createAccountGateway(createTwilioClient(login)).readAccount();
    return true;
  } catch (error) {
    if (error instanceof TwilioError && error.status === 401) {
      return false;
    }
    throw error;
  }
}

/** Those that belong to a message. */
async function knownCalls(knex: Knex, callSids: readonly CallSid[]): Promise<ReadonlySet<string>> {
  const traces = createTraceStore(knex);
  const found = await Promise.all(callSids.map((id) => traces.messagesOf({ kind: 'CA', id }, { limit: 1 })));
  return new Set(callSids.filter((_, index) => (found[index] ?? []).length > 0));
}

function databaseFor(settings: Settings, resources: ResourceStack): Knex {
  const url = needed(settings, 'DATABASE_URL');
  const knex = createDatabase({ url, poolMax: DATABASE_POOL_MAX, applicationName: 'posthorn doctor' });
  resources.add('database pool', () => knex.destroy());
  return knex;
}

function temporalFor(settings: Settings, resources: ResourceStack): Client {
  const { client, close } = connectClient(
    needed(settings, 'TEMPORAL_ADDRESS'),
    settings.POSTHORN_ENCRYPTION_KEYS ?? [],
  );
  resources.add('Temporal client', close);
  return client;
}

async function askTemporal<T>(client: Client, ask: (client: Client) => Promise<T>): Promise<T> {
  try {
    return await client.withDeadline(Date.now() + ANSWER_WITHIN_MS, () => ask(client));
  } catch (error) {
    throw toTemporalError(error);
  }
}

function needed<Name extends keyof Settings>(settings: Settings, name: Name): NonNullable<Settings[Name]> {
  const value = settings[name];
  if (value === undefined) {
    throw new Error(`${name} is not set, or cannot be used: see the check "configuration"`);
  }
  return value;
}

/** Makes something at its first use. */
function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}
