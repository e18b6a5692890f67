import { join, relative, resolve } from 'node:path';
import { prettyFactory } from 'pino-pretty';
import { type Environment } from '../config/environment';
import { describeStack } from '../local/describe-stack';
import { freePort } from '../local/free-port';
import { randomCredentials } from '../local/local-credentials';
import { runSession, type Session, type SessionEnd } from '../local/run-session';
import { startStackServers } from '../local/stack-servers';
import { startStackSimulator } from '../local/stack-simulator';
import { stackVariables } from '../local/stack-variables';
import { createDevServices } from './dev-services';
import { oneAtATime } from './one-at-a-time';
import { watchFolders } from './watch-folders';

export interface DevOptions {
  /** Where the API and the simulator listen; 0 takes any free port. */
  readonly port: number;
  readonly simulatorPort: number;
  /** See startStackServers; TWILIO_API_BASE_URL sends the worker's requests elsewhere, LOG_LEVEL says how much is logged. */
  readonly environment: Environment;
}

const ROOT = resolve(__dirname, '../..');
const WATCHED = ['src', 'workflows', 'activities'].map((folder) => join(ROOT, folder));

/** Parts that run in this process, which a reload leaves alone. */
const OURS = /^src\/(cli|demo|dev|local|simulator)\//;

/** What the processes need of ours, besides posthorn's own names. */
const PASSED_ON = ['PATH', 'TMPDIR', 'LOG_LEVEL', 'TZ'];

/** Runs everything until Ctrl-C; API and worker start again after every change of a source file. @returns the exit code. */
export async function runDev(options: DevOptions): Promise<number> {
  const say = (line: string): void => void process.stdout.write(`${line}\n`);
  return await runSession(say, (session) => develop(options, session, say));
}

async function develop(options: DevOptions, session: Session, say: (line: string) => void): Promise<SessionEnd> {
  const { resources, signal } = session;
  const { environment, simulatorPort } = options;
  const servers = await startStackServers({ environment, progress: say, resources, signal });
  const port = options.port === 0 ? await freePort() : options.port;
  const apiUrl = `http://127.0.0.1:${port}`;
  const credentials = randomCredentials();
  const { apiKey, twilio } = credentials;
  const variables = stackVariables(servers, credentials, port);
  const simulator = await startStackSimulator({
    twilio,
    environment: variables,
    apiUrl,
    port: simulatorPort,
    progress: say,
    resources,
  });
  signal.throwIfAborted();

  const services = createDevServices({
    root: ROOT,
    environment: {
      ...Object.fromEntries(PASSED_ON.map((name) => [name, environment[name]])),
      ...variables,
      TWILIO_API_BASE_URL: environment['TWILIO_API_BASE_URL'] ?? simulator.url,
    },
    signal,
    print: prettyPrinter(),
    say,
  });
  resources.use('API and worker', services);
  await services.restart();
  say(['', ...describeStack({ ...servers, apiUrl, apiKey, simulatorUrl: simulator.url }), ''].join('\n'));

  const reload = oneAtATime(() => services.restart());
  resources.use(
    'watch on the sources',
    watchFolders(WATCHED, (paths) => react(paths, reload, say)),
  );
  return { exitCode: 0, staysUp: true };
}

function react(paths: readonly string[], reload: () => Promise<void>, say: (line: string) => void): void {
  const sources = paths
    .filter((path) => path.endsWith('.ts'))
    .map((path) => relative(ROOT, path).replaceAll('\\', '/'));
  if (sources.some((path) => !OURS.test(path))) {
    say(`${sources.join(', ')} changed: API and worker start again.`);
    void reload();
  } else if (sources.length > 0) {
    say(`${sources.join(', ')} changed: end with Ctrl-C and start again to take it in.`);
  }
}

/** Makes lines of JSON readable, and leaves others as they are. */
function prettyPrinter(): (line: string) => void {
  const pretty = prettyFactory({
    colorize: process.stdout.isTTY && process.stdout.hasColors(),
    ignore: 'pid,hostname',
    singleLine: true,
    translateTime: 'SYS:HH:MM:ss.l',
  });
  return (line) => void process.stdout.write(`${pretty(line).trimEnd()}\n`);
}
