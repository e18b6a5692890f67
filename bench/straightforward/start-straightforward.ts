import { randomUUID } from 'node:crypto';
import { randomCredentials } from '../../src/local/local-credentials';
import { LOCAL_SENDERS } from '../../src/local/stack-variables';
import { type BenchContext } from '../bench-context';
import { type SimulatorFacts, type SimulatorQuestion, type SimulatorSettings } from '../posthorn/simulator';
import { startPart } from '../process/start-part';
import { type Rival } from '../throughput/rival';
import { STRAIGHTFORWARD_TASK_QUEUE } from './contract';
import { type StraightforwardSettings, type StraightforwardWorkerSettings } from './settings';
import { type WebhooksFacts } from './webhooks';
import { type sendMessage } from './workflows';

/** The straightforward job as a rival: webhooks, worker and simulator in processes of their own, as posthorn has them. */
export async function startStraightforward({ resources, servers }: BenchContext): Promise<Rival> {
  const { client, databaseUrl, temporal } = servers;
  const { twilio } = randomCredentials();
  const settings = { databaseUrl, temporal, twilio };
  const webhooks = resources.use(
    'straightforward webhooks',
    await startPart<StraightforwardSettings, WebhooksFacts>({ entry: require.resolve('./webhooks'), settings }),
  );
  const simulator = resources.use(
    'straightforward simulator',
    await startPart<SimulatorSettings, SimulatorFacts>({
      entry: require.resolve('../posthorn/simulator'),
      settings: { twilio, webhooksTo: webhooks.facts.url, webhookPath: '/webhooks' },
    }),
  );
  const worker = resources.use(
    'straightforward worker',
    await startPart<StraightforwardWorkerSettings, null>({
      entry: require.resolve('./worker'),
      settings: { ...settings, twilioUrl: simulator.facts.url },
    }),
  );
  return {
    processes: { worker, webhooks, simulator },
    setScript: (script) => simulator.ask<undefined>({ kind: 'script', script } satisfies SimulatorQuestion),
    deliver: async (recipient, onStarted) => {
      const handle = await client.workflow.start<typeof sendMessage>('sendMessage', {
        workflowId: `straightforward-${randomUUID()}`,
        taskQueue: STRAIGHTFORWARD_TASK_QUEUE,
        args: [{ to: recipient, from: LOCAL_SENDERS.sms, body: 'Hello.' }],
      });
      onStarted(handle.workflowId);
      return await handle.result();
    },
  };
}
