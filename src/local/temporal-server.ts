import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { Connection } from '@temporalio/client';
import { withTimeLimit } from '../time-limit';
import { type Progress } from './progress';
import { type FindPort, freePort } from './free-port';
import { removeLeftovers } from './leftovers';
import { startGuarded, type GuardedProcess } from './process/guarded-process';
import { createRestartable, type Outage } from './restartable';
import { createRunFolder } from './run-folder';
import { type Ports, startOnFreePorts } from './start-on-free-ports';
import { type TemporalCli } from './temporal-cli/temporal-cli';
import { temporalServerArguments, type TemporalServerSettings } from './temporal-server-arguments';

/** Milliseconds for a server with a database file to close it before it is killed. */
const KILL_AFTER_MS = 5000;

/** Milliseconds for a server to say that it serves; it needs some 300. */
const READY_WITHIN_MS = 60_000;

/** Milliseconds for a server that says it serves to describe the namespace. */
const DESCRIBE_WITHIN_MS = 15_000;

/** How a dev server is started. */
export interface TemporalServerOptions extends TemporalServerSettings {
  readonly cli: TemporalCli;
  /** Whether the web UI is started too. */
  readonly ui: boolean;
  readonly progress: Progress;
  /** Default: freePort. */
  readonly findPort?: FindPort;
}

/** A Temporal server to work with. */
export interface TemporalServer {
  /** `host:port` of the gRPC frontend. */
  readonly address: string;
  readonly namespace: string;
  /** `http://127.0.0.1:<port>`, when the UI was started. */
  readonly uiUrl?: string;
  /** Of a server that was started here and has a database file. */
  readonly outage?: Outage;
  /** Stops what was started; nothing for a server that was there before. */
  stop(): Promise<void>;
}

/** A server that already runs, as TEMPORAL_ADDRESS names it: nothing is started, and nothing is stopped. */
export function existingTemporalServer(address: string, namespace: string): TemporalServer {
  return { address, namespace, stop: () => Promise.resolve() };
}

/**
 * Starts a dev server on free ports of 127.0.0.1 and waits until it serves its namespace. It stops with `stop()`, and
 * also when this process ends in any other way.
 */
export async function startTemporalServer(options: TemporalServerOptions): Promise<TemporalServer> {
  await removeLeftovers(tmpdir(), options.progress);
  const folder = await createRunFolder(tmpdir());
  try {
    return await startOnFreePorts(options.findPort ?? freePort, options.ui ? 2 : 1, (ports) =>
      startOn(ports, options, folder.path),
    );
  } catch (error) {
    await folder.remove();
    throw error;
  }
}

async function startOn([port, uiPort]: Ports, options: TemporalServerOptions, folder: string): Promise<TemporalServer> {
  const { databaseFile, namespace, progress } = options;
  const address = `127.0.0.1:${port}`;
  const launchServing = (): Promise<GuardedProcess> =>
    whenServing(launch(options, folder, port, uiPort), address, namespace);
  const { outage, stop } = createRestartable({
    first: await launchServing(),
    orderlySignal: 'SIGTERM',
    launch: launchServing,
    remove: () => rm(folder, { recursive: true, force: true }),
  });
  const uiUrl = uiPort === undefined ? undefined : `http://127.0.0.1:${uiPort}`;
  progress(`Temporal server at ${address}${uiUrl === undefined ? '' : `, UI at ${uiUrl}`}.`);
  return { address, namespace, ...(uiUrl && { uiUrl }), ...(databaseFile !== undefined && { outage }), stop };
}

function launch(
  options: TemporalServerOptions,
  folder: string,
  port: number,
  uiPort: number | undefined,
): GuardedProcess {
  return startGuarded({
    command: options.cli.path,
    args: temporalServerArguments(options, port, uiPort),
    // Temporal looks for a configuration file in the home folder; this server is to know only its arguments.
    environment: { HOME: folder },
    workingFolder: folder,
    // What is only in memory needs no second of orderly goodbye.
    stopSignal: options.databaseFile === undefined ? 'SIGKILL' : 'SIGTERM',
    killAfterMs: KILL_AFTER_MS,
    removeWhenStopped: [folder],
    // Its own greeting, which names the port after binding it: that it is not somebody else's server that answers.
    isReadyLine: (line) => line.includes(`:${port}`) && !/error/i.test(line),
  });
}

async function whenServing(server: GuardedProcess, address: string, namespace: string): Promise<GuardedProcess> {
  try {
    await withTimeLimit(server.ready, READY_WITHIN_MS, `Temporal was not ready within ${READY_WITHIN_MS} ms.`);
    const connection = await Connection.connect({ address });
    try {
      await connection.withDeadline(Date.now() + DESCRIBE_WITHIN_MS, () =>
        connection.workflowService.describeNamespace({ namespace }),
      );
    } finally {
      await connection.close();
    }
  } catch (error) {
    await server.stop();
    throw error;
  }
  return server;
}
