import { Client, Connection } from '@temporalio/client';
import { type EncryptionKey } from '../config/encryption-keys';
import { type TemporalConfig } from '../config/temporal-config';
import { createDataConverter } from './data-converter';

export interface TemporalClient {
  readonly client: Client;
  readonly close: () => Promise<void>;
}

/** A client that connects with its first call, so that a process can start while Temporal is away. */
export function connectClient(config: TemporalConfig, encryptionKeys: readonly EncryptionKey[]): TemporalClient {
  const connection = Connection.lazy(config.connectionOptions);
  const client = new Client({
    connection,
    namespace: config.namespace,
    dataConverter: createDataConverter(encryptionKeys),
  });
  return { client, close: () => connection.close() };
}
