import { loadClientConnectConfig, type ClientConnectConfig } from '@temporalio/envconfig';
import { type Environment } from './environment';

/** How to reach Temporal; fits both the client's `Connection.connect` and the worker's `NativeConnection.connect`. */
export interface TemporalConfig {
  readonly namespace: string;
  readonly connectionOptions: ClientConnectConfig['connectionOptions'] & { readonly address: string };
}

/**
 * Temporal's own names that posthorn passes on. Besides them any `TEMPORAL_GRPC_META_…` is sent as a header.
 * Source: https://docs.temporal.io/develop/environment-configuration
 */
export const TEMPORAL_VARIABLES = [
  'TEMPORAL_ADDRESS',
  'TEMPORAL_NAMESPACE',
  'TEMPORAL_API_KEY',
  'TEMPORAL_TLS',
  'TEMPORAL_TLS_SERVER_NAME',
  'TEMPORAL_TLS_CLIENT_CERT_PATH',
  'TEMPORAL_TLS_CLIENT_CERT_DATA',
  'TEMPORAL_TLS_CLIENT_KEY_PATH',
  'TEMPORAL_TLS_CLIENT_KEY_DATA',
  'TEMPORAL_TLS_SERVER_CA_CERT_PATH',
  'TEMPORAL_TLS_SERVER_CA_CERT_DATA',
  'TEMPORAL_PROFILE',
  'TEMPORAL_CONFIG_FILE',
] as const;

/** The namespace that every Temporal tool takes when none is named. */
const DEFAULT_NAMESPACE = 'default';

/**
 * Reads Temporal's environment configuration: the profile of its TOML file, overridden by the variables.
 * @throws Error that continues a sentence about the variable `TEMPORAL_ADDRESS`.
 */
export function loadTemporalConfig(env: Environment): TemporalConfig {
  const { connectionOptions, namespace = DEFAULT_NAMESPACE } = loadConnectConfig(env);
  const { address } = connectionOptions;
  if (address === undefined) {
    throw new Error('is missing: set host and port of the Temporal server, such as 127.0.0.1:7233');
  }
  if (!/^[^\s/:]+:\d{1,5}$|^\[[0-9a-f:]+\]:\d{1,5}$/i.test(address)) {
    throw new Error('is not host:port: leave out any scheme and path, such as 127.0.0.1:7233');
  }
  return { namespace, connectionOptions: { ...connectionOptions, address } };
}

function loadConnectConfig(env: Environment): ClientConnectConfig {
  const defined = Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined);
  try {
    return loadClientConnectConfig({ overrideEnvVars: Object.fromEntries(defined) });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(
      `and the other TEMPORAL_ names cannot be read (${reason}): check file paths and the profile's name`,
      {
        cause: error,
      },
    );
  }
}
