import { once } from 'node:events';
import http from 'node:http';
import { type AddressInfo } from 'node:net';
import Koa from 'koa';
import { createAccountBook } from './account/account-book';
import { createActivity } from './activity';
import { conversationsApi } from './api/conversations-api';
import { createCallRequests } from './calls/call-requests';
import { checked } from './control/control-error';
import { controlRoutes } from './control/control-routes';
import { type SimulatorControl, createControl } from './control/simulator-control';
import { createScriptBook } from './delivery/script-book';
import { createFaultBook } from './faults/fault-book';
import { inspectorRoutes } from './inspector/inspector-routes';
import { type LogFile, openLogFile } from './logs/log-file';
import { createLogs } from './logs/logs';
import { type Simulation } from './simulation';
import { type SimulatorOptions, type SimulatorOptionsInput, simulatorOptionsSchema } from './simulator-options';
import { createState } from './state/simulator-state';
import { createTimers } from './timers';
import { createWebhookDispatcher } from './webhooks/webhook-dispatcher';

/** Idle connections stay open longer than clients keep them, so that the client is the one to close. */
const KEEP_ALIVE_TIMEOUT_MS = 65_000;

/** A running simulator. */
export interface Simulator {
  /** Base URL for clients, without trailing slash; the inspector page is there too. */
  readonly url: string;
  readonly port: number;
  readonly control: SimulatorControl;
  /** Drops every delay, webhook and connection, and frees the port. Can be called again. */
  stop(): Promise<void>;
}

/**
 * Starts a stand-in for Twilio's Conversations and calls in this process. Several can run beside each other.
 * @throws ControlError when an option is wrong, naming it; Error EADDRINUSE when the port is taken, ENOENT and the like
 *   when the log file cannot be opened
 */
export async function startSimulator(input: SimulatorOptionsInput): Promise<Simulator> {
  const options = checked(simulatorOptionsSchema, input);
  const logFile = options.logFile === undefined ? undefined : openLogFile(options.logFile);
  const simulation = createSimulation(options, logFile);
  const control = createControl(simulation);
  const handle = createApp(simulation, control).callback();
  const server = http.createServer({ keepAliveTimeout: KEEP_ALIVE_TIMEOUT_MS }, (request, response) => {
    void handle(request, response);
  });
  server.listen(options.port, options.host);
  await once(server, 'listening').catch((error: unknown) => {
    logFile?.close();
    throw error;
  });
  const { port } = server.address() as AddressInfo;

  async function stop(): Promise<void> {
    simulation.webhooks.close();
    simulation.callRequests.close();
    simulation.timers.clear();
    if (server.listening) {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    }
    logFile?.close();
  }
  return { url: `http://${reachableHost(options.host)}:${port}`, port, control, stop };
}

function createSimulation(options: SimulatorOptions, logFile: LogFile | undefined): Simulation {
  const state = createState(options.accountSid, options.serviceSid);
  const logs = createLogs(options.logCapacity, logFile);
  const activity = createActivity();
  return {
    options,
    state,
    accountBook: createAccountBook(options.account),
    logs,
    activity,
    timers: createTimers(activity),
    scripts: createScriptBook(options.defaultScript),
    callScripts: createScriptBook(options.defaultCallScript),
    faults: createFaultBook(),
    webhooks: createWebhookDispatcher({ options, state, logs, activity }),
    callRequests: createCallRequests({ options, logs, activity }),
  };
}

function createApp(simulation: Simulation, control: SimulatorControl): Koa {
  const app = new Koa();
  app.use(controlRoutes(control));
  app.use(inspectorRoutes(simulation, control));
  for (const middleware of conversationsApi(simulation)) {
    app.use(middleware);
  }
  return app;
}

/** A host that a client on this machine can connect to. */
function reachableHost(host: string): string {
  if (host === '0.0.0.0' || host === '::') {
    return '127.0.0.1';
  }
  return host.includes(':') ? `[${host}]` : host;
}
