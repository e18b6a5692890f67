import { type Knex } from 'knex';
import { type Client } from '@temporalio/client';
import { collectDefaultMetrics } from 'prom-client';
import { composeApi } from './compose-api';
import { type ApiConfig } from './config/api-config';
import { createDatabase } from './database/client';
import { POOL_SIZES } from './database/pool-sizes';
import { createApp } from './http/app';
import { listen } from './http/listen';
import { startRelay } from './inbox/relay';
import { type ResourceStack } from './resource-stack';
import { assertReady } from './setup/assert-ready';
import { type Logger } from './telemetry/logger';
import { createCallbackClient } from './temporal/callback-client';
import { connectClient } from './temporal/connect-client';
import { createMessageClient } from './temporal/create-message-client';
import { createDeferredInbox } from './temporal/deferred-inbox';
import { TemporalUnavailableError } from './temporal/errors';
import { createRunFinder } from './temporal/run-finder';

export interface StartApiOptions {
  readonly config: ApiConfig;
  readonly logger: Logger;
  /** Everything that is started is put on it. */
  readonly resources: ResourceStack;
  /** Only this address is listened on; without it all are. */
  readonly host?: string;
}

/** An API that runs. */
export interface RunningApi {
  /** Where this machine reaches it, such as `http://127.0.0.1:3000`. */
  readonly url: string;
  readonly port: number;
}

/**
 * Starts the API and the relay of one process. At the stop, requests under way end first, then the relay and the signals
 * that they have begun, and last the connections.
 * @throws NotReadyError when `posthorn setup` has to be run first.
 */
export async function startApi({ config, logger, resources, host }: StartApiOptions): Promise<RunningApi> {
  const knex = createDatabase({ url: config.databaseUrl, poolMax: POOL_SIZES.api, applicationName: 'posthorn api' });
  resources.add('database pool', () => knex.destroy());
  const temporal = connectClient(config.temporal, config.encryptionKeys);
  resources.add('Temporal client', () => temporal.close());
  await requireReady(knex, temporal.client, logger);

  const { app, registry, inbox, tellWorkflow, background, tracer, keepUp, seenMessages } = composeApi(
    config,
    knex,
    {
      ...createMessageClient(temporal.client),
      ...createDeferredInbox(temporal.client),
      ...createCallbackClient(temporal.client),
      ...createRunFinder(temporal.client),
    },
    logger,
  );
  collectDefaultMetrics({ register: registry });
  resources.add('signals under way', () => background.idle());
  resources.use('messages seen at Twilio', seenMessages);
  resources.add('traces of webhooks', () => tracer.stop());
  resources.use('relay', startRelay({ inbox, tellWorkflow, logger, keepUp }));
  const handle = createApp(app).callback();
  const listener = await listen((request, response) => void handle(request, response), { port: config.port, host });
  const { port } = resources.use('HTTP server', listener);
  return { port, url: `http://127.0.0.1:${port}` };
}

/** Webhooks come once: while Temporal is away they are still taken down, so that is no reason not to start. */
async function requireReady(knex: Knex, client: Client, logger: Logger): Promise<void> {
  try {
    await assertReady(knex, client);
  } catch (error) {
    if (!(error instanceof TemporalUnavailableError)) {
      throw error;
    }
    logger.warn(
      { err: error },
      'Temporal does not answer: webhooks are stored and signalled later, new messages are kept and started later',
    );
  }
}
