import { randomUUID } from 'node:crypto';
import { type Client, type WorkflowHandle } from '@temporalio/client';
import { NativeConnection, Worker } from '@temporalio/worker';
import { createResourceStack } from '../../../src/resource-stack';
import { connectClient } from '../../../src/temporal/connect-client';
import { startOptions } from '../../../src/temporal/start-options';
import { type deliverMessage } from '../../../workflows';
import { twilioTaskQueue, type DeliverMessageInput } from '../../../workflows/contract';
import { installQuietRuntime } from '../../support/quiet-runtime';
import { testServices } from '../../support/test-services';
import { createScriptedActivities, type Script, type ScriptedActivities } from './scripted-activities';

/** Workflows on a real Temporal server, with activities that follow scripts. */
export interface DeliveryHarness {
  readonly callsOf: ScriptedActivities['callsOf'];
  readonly play: ScriptedActivities['play'];
  readonly client: Client;
  start(input: DeliverMessageInput, script: Script): Promise<WorkflowHandle<typeof deliverMessage>>;
  stop(): Promise<void>;
}

export interface HarnessOptions {
  /** A namespace that has posthorn's search attributes. */
  readonly namespace?: string;
  /** Without it one that nobody else has. */
  readonly taskQueue?: string;
  /** 0 replays the workflow from its history at every step. */
  readonly maxCachedWorkflows?: number;
}

/** Starts the workers of one test file, on task queues of their own. */
export async function startDeliveryHarness({
  maxCachedWorkflows,
  namespace = 'default',
  taskQueue = `test-${randomUUID()}`,
}: HarnessOptions = {}): Promise<DeliveryHarness> {
  const { temporalAddress: address, workflowBundlePath: codePath } = testServices();
  installQuietRuntime();
  const resources = createResourceStack({ stopWithinMs: 10_000, report: () => undefined });
  const scripted = createScriptedActivities();
  const connection = await NativeConnection.connect({ address });
  resources.add('connection', () => connection.close());
  for (const queue of [taskQueue, twilioTaskQueue(taskQueue)]) {
    const worker = await Worker.create({
      connection,
      namespace,
      taskQueue: queue,
      activities: scripted.activities,
      workflowFailureErrorTypes: { '*': ['NondeterminismError', 'DeterminismViolationError'] },
      ...(queue === taskQueue ? { workflowBundle: { codePath } } : {}),
      ...(maxCachedWorkflows === undefined ? {} : { maxCachedWorkflows }),
    });
    const running = worker.run();
    resources.add(`worker of ${queue}`, async () => {
      worker.shutdown();
      await running;
    });
  }
  const { client, close } = connectClient({ namespace, connectionOptions: { address } }, []);
  resources.add('client', close);

  return {
    callsOf: scripted.callsOf,
    play: scripted.play,
    client,
    start: async (input, script) => {
      scripted.play(input.messageId, script);
      return await client.workflow.start<typeof deliverMessage>('deliverMessage', startOptions(input, taskQueue));
    },
    stop: async () => {
      const problems = await resources.stopAll();
      if (problems.length > 0) {
        throw new Error(`not stopped: ${problems.map(({ name }) => name).join(', ')}`);
      }
    },
  };
}
