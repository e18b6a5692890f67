import { randomUUID } from 'node:crypto';
import { type WorkflowHandle } from '@temporalio/client';
import { NativeConnection, Worker } from '@temporalio/worker';
import { createResourceStack } from '../../../src/resource-stack';
import { connectClient } from '../../../src/temporal/connect-client';
import { callbackTaskQueue, twilioTaskQueue } from '../../../workflows/contract';
import { installQuietRuntime } from '../../support/quiet-runtime';
import { testServices } from '../../support/test-services';

/** A workflow without signals: what it is started with, and the activities that it finds. */
export interface WorkflowRun {
  readonly workflowType: string;
  readonly args: readonly unknown[];
  readonly activities: Readonly<Record<string, (input: never) => Promise<unknown>>>;
}

/** Runs a workflow to its end, on task queues of its own, and gives `read` its handle. */
export async function runWorkflow<Read>(
  { activities, args, workflowType }: WorkflowRun,
  read: (handle: WorkflowHandle) => Promise<Read>,
): Promise<Read> {
  const { temporalAddress: address, workflowBundlePath: codePath } = testServices();
  installQuietRuntime();
  const resources = createResourceStack({ stopWithinMs: 10_000, report: () => undefined });
  try {
    const connection = await NativeConnection.connect({ address });
    resources.add('connection', () => connection.close());
    const taskQueue = `test-${randomUUID()}`;
    for (const queue of [taskQueue, twilioTaskQueue(taskQueue), callbackTaskQueue(taskQueue)]) {
      const bundle = queue === taskQueue ? { workflowBundle: { codePath } } : {};
      const worker = await Worker.create({ connection, namespace: 'default', taskQueue: queue, activities, ...bundle });
      const running = worker.run();
      resources.add(`worker of ${queue}`, async () => {
        worker.shutdown();
        await running;
      });
    }
    const { client, close } = connectClient({ namespace: 'default', connectionOptions: { address } }, []);
    resources.add('client', close);
    const options = { workflowId: randomUUID(), taskQueue, args: [...args] };
    return await read(await client.workflow.start(workflowType, options));
  } finally {
    await resources.stopAll();
  }
}
