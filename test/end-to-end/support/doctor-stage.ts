import { randomBytes } from 'node:crypto';
import { PassThrough } from 'node:stream';
import { runCli } from '../../../src/cli/run-cli';
import { type Environment } from '../../../src/config/environment';
import { createDatabase } from '../../../src/database/client';
import { type DoctorReport } from '../../../src/doctor/report';
import { startPostgres } from '../../../src/local/postgres';
import { LOCAL_TENANT } from '../../../src/local/local-credentials';
import { createResourceStack } from '../../../src/resource-stack';
import { accountFromEnvironment } from '../../../src/simulator/account/account-from-environment';
import { configureWebhooks } from '../../../src/simulator/configure-webhooks';
import { connectClient, type TemporalClient } from '../../../src/temporal/connect-client';
import { type Deployment, startDeployment } from './deployment';
import { startSwitchableFront, type SwitchableFront } from './switchable-front';

const anySid = (prefix: string): string => prefix + randomBytes(16).toString('hex');
const callbackSecret = (tenant: string): string => `${tenant}:whsec_${randomBytes(32).toString('base64')}`;

/** A posthorn that is deployed as it should be, with everything configured that the doctor looks at. */
export interface DoctorStage {
  readonly deployment: Deployment;
  /** What stands at PUBLIC_BASE_URL, in front of the API. */
  readonly front: SwitchableFront;
  readonly temporal: TemporalClient['client'];
  /** Runs the command line in this process; `overrides` change the environment, undefined takes a variable away. */
  run(args: readonly string[], overrides?: Environment, input?: string): Promise<CommandEnd>;
  /** Runs `posthorn doctor --json`. */
  examine(overrides?: Environment): Promise<DoctorReport>;
  /** Runs a statement in posthorn's database. */
  sql(statement: string): Promise<void>;
  /** Sets the webhooks of the conversation service right. */
  configureWebhooks(): Promise<void>;
  stop(): Promise<void>;
}

export interface CommandEnd {
  readonly exitCode: number;
  readonly written: string;
  readonly complained: string;
}

/** Starts it all. Postgres is a server of its own, as safe as in production: that of the tests forgets at a crash. */
export async function startDoctorStage(): Promise<DoctorStage> {
  const resources = createResourceStack({ stopWithinMs: 60_000, report: () => undefined });
  try {
    return await start(resources);
  } catch (error) {
    await resources.stopAll();
    throw error;
  }
}

async function start(resources: ReturnType<typeof createResourceStack>): Promise<DoctorStage> {
  const front = resources.use('front', await startSwitchableFront());
  const { signal } = new AbortController();
  const durable = await startPostgres({ durable: true, progress: () => undefined, signal });
  const postgres = resources.use('Postgres', durable);
  const deployment = await startDeployment({
    variables: {
      PUBLIC_BASE_URL: front.url,
      TWILIO_WHATSAPP_FROM: '+12025550101',
      TWILIO_VOICE_FROM: '+12025550102',
      TWILIO_MESSAGING_SERVICE_SID: anySid('MG'),
      TWILIO_APPLICATION_SID: anySid('AP'),
      TWILIO_CONDUCTOR_SID: anySid('CN'),
      POSTHORN_OPT_OUT_ERROR_CODES: '21610:channel,63014:channel,63033:marketing',
      POSTHORN_WORD_REPLIES: '{}',
      POSTHORN_ENCRYPTION_KEYS: `first:${randomBytes(32).toString('base64')}`,
      POSTHORN_CALLBACK_SECRETS: `${callbackSecret(LOCAL_TENANT)},${callbackSecret('other')}`,
    },
    routes: { database: () => Promise.resolve(postgres.url) },
  });
  resources.use('deployment', deployment);
  const { credentials, environment, simulator } = deployment;
  front.forwardTo(deployment.apiUrl);
  simulator.control.changeAccount(accountFromEnvironment(environment));
  const webhookUrl = `${front.url}/webhooks/twilio/conversations`;
  const rightWebhooks = () =>
    configureWebhooks({
      ...credentials.twilio,
      url: simulator.url,
      webhookUrl,
      filters: ['onDeliveryUpdated', 'onMessageAdded'],
    });
  await rightWebhooks();
  const { TEMPORAL_ADDRESS: address = '', TEMPORAL_NAMESPACE: namespace = '' } = environment;
  const temporal = connectClient({ namespace, connectionOptions: { address } }, []);
  resources.add('Temporal client', temporal.close);

  const run: DoctorStage['run'] = async (args, overrides = {}, input = '') => {
    let written = '';
    let complained = '';
    const exitCode = await runCli(args, {
      readEnvironment: () => ({ ...environment, ...overrides }),
      processEnvironment: {},
      write: (text) => (written += text),
      complain: (text) => (complained += text),
      input: new PassThrough().end(input),
    });
    return { exitCode, written, complained };
  };
  return {
    deployment,
    front,
    temporal: temporal.client,
    run,
    examine: async (overrides) => {
      const { exitCode, written } = await run(['doctor', '--json'], overrides);
      const report = JSON.parse(written) as DoctorReport;
      expect(exitCode).toBe(report.status === 'red' ? 1 : 0);
      return report;
    },
    sql: async (statement) => {
      const knex = createDatabase({ url: postgres.url, poolMax: 1, applicationName: 'posthorn test' });
      await knex.raw(statement);
      await knex.destroy();
    },
    configureWebhooks: rightWebhooks,
    stop: async () => {
      const problems = await resources.stopAll();
      if (problems.length > 0) {
        throw new Error(`not stopped: ${problems.map(({ name }) => name).join(', ')}`);
      }
    },
  };
}

/** Changes the webhooks of the conversation service or of the account as somebody in the Console would. */
export async function setWebhooks(
  { credentials, simulator }: Deployment,
  level: 'service' | 'account',
  form: Readonly<Record<string, string>>,
): Promise<void> {
  const { accountSid, authToken, serviceSid } = credentials.twilio;
  const answer = await fetch(
    `${simulator.url}/v1/${level === 'service' ? `Services/${serviceSid}/` : ''}Configuration/Webhooks`,
    {
      method: 'POST',
      headers: { authorization: `Basic ${Buffer.from(`${accountSid}:${authToken}`).toString('base64')}` },
      body: new URLSearchParams(form),
    },
  );
  expect(answer.status).toBe(200);
}
