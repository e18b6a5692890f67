import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Environment } from '../config/environment';
import { describeStack } from '../local/describe-stack';
import { logLevelIn } from '../local/log-level';
import { createRunFolder } from '../local/run-folder';
import { runSession, type Session, type SessionEnd } from '../local/run-session';
import { startStack } from '../local/stack';
import { createLogger } from '../telemetry/logger';
import { installRuntime } from '../temporal/install-runtime';
import { checkTour, describeTourCheck } from './check-tour';
import { createDemoDoctor } from './demo-doctor';
import { createNarrator } from './narrator';
import { paintFor } from '../cli/paint';
import { playTour } from './play-tour';
import { reportOf } from './report';
import { SCENARIOS } from './scenarios';

export interface DemoOptions {
  /** Leaves everything up after the tour, until Ctrl-C. */
  readonly keep: boolean;
  /** 0 takes any free port. */
  readonly simulatorPort: number;
  /** See startStackServers; TWILIO_API_BASE_URL sends the worker's requests elsewhere, LOG_LEVEL says how much is logged. */
  readonly environment: Environment;
}

/**
 * Starts everything, plays the tour and prints what happened.
 * @returns the exit code: 0 when all went as expected.
 */
export async function runDemo(options: DemoOptions): Promise<number> {
  const write = (text: string): void => void process.stdout.write(text);
  const say = createNarrator(write);
  return await runSession(say, (session) => demonstrate(options, session, say, write));
}

async function demonstrate(
  { environment, keep, simulatorPort }: DemoOptions,
  { resources, signal }: Session,
  say: (line: string) => void,
  write: (text: string) => void,
): Promise<SessionEnd> {
  const level = logLevelIn(environment, 'error');
  const logger = createLogger({ level, name: 'demo', destination: process.stderr });
  resources.use('Temporal runtime', installRuntime(logger));
  const baseUrl = environment['TWILIO_API_BASE_URL'];
  const variables = baseUrl === undefined ? {} : { TWILIO_API_BASE_URL: baseUrl };
  const simulatorLogFile = await logFileFor(resources);
  const servers = { environment, progress: say, resources, signal };
  const stack = await startStack({ ...servers, logger, simulatorPort, simulatorLogFile, variables });

  say(`The tour begins: ${SCENARIOS.length} scenarios at once.`);
  const { apiKey, apiUrl, simulator, temporal } = stack;
  const parts = { doctor: createDemoDoctor(stack.environment), simulator: simulator.control };
  const results = await playTour({ scenarios: SCENARIOS, apiUrl, apiKey, ...parts, signal, say });
  signal.throwIfAborted();
  const check = await checkTour(stack, simulatorLogFile, results);
  const paint = paintFor(process.stdout);
  const report = [...reportOf(results, temporal, paint), ...describeTourCheck(check, paint)];
  const keeping = keep
    ? [
        '',
        'Everything stays up until Ctrl-C.',
        '',
        ...describeStack({ ...stack, simulatorUrl: simulator.url }),
        `  npm run posthorn -- check --log ${simulatorLogFile}`,
      ]
    : [];
  write(`${[...report, ...keeping].join('\n')}\n`);
  const isGood = results.every(({ agrees }) => agrees) && check.violations.length === 0;
  return { exitCode: isGood ? 0 : 1, staysUp: keep };
}

async function logFileFor(resources: Session['resources']): Promise<string> {
  const folder = await createRunFolder(tmpdir());
  resources.add('folder of the log', () => folder.remove());
  return path.join(folder.path, 'simulator.jsonl');
}
