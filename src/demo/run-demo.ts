import { type Environment } from '../config/environment';
import { describeStack } from '../local/describe-stack';
import { logLevelIn } from '../local/log-level';
import { runSession, type Session, type SessionEnd } from '../local/run-session';
import { startStack } from '../local/stack';
import { createLogger } from '../telemetry/logger';
import { installRuntime } from '../temporal/install-runtime';
import { createNarrator } from './narrator';
import { paintFor } from './paint';
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
  const stack = await startStack({ environment, logger, progress: say, resources, signal, simulatorPort, variables });

  say(`The tour begins: ${SCENARIOS.length} scenarios at once.`);
  const { apiKey, apiUrl, simulator, temporal } = stack;
  const results = await playTour({ scenarios: SCENARIOS, apiUrl, apiKey, simulator: simulator.control, signal, say });
  signal.throwIfAborted();
  const report = reportOf(results, temporal, paintFor(process.stdout));
  const keeping = keep
    ? ['', 'Everything stays up until Ctrl-C.', '', ...describeStack({ ...stack, simulatorUrl: simulator.url })]
    : [];
  write(`${[...report, ...keeping].join('\n')}\n`);
  return { exitCode: results.every(({ agrees }) => agrees) ? 0 : 1, staysUp: keep };
}
