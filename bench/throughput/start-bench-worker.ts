import { NativeConnection, Worker, type WorkerOptions } from '@temporalio/worker';
import { type ResourceStack } from '../../src/resource-stack';
import { type BenchWorkerSettings } from './bench-worker-settings';

/** Connects the workers of a comparison. */
export async function connectWorkers(
  { temporal }: BenchWorkerSettings,
  resources: ResourceStack,
): Promise<Pick<WorkerOptions, 'connection' | 'namespace'>> {
  const connection = await NativeConnection.connect({ address: temporal.address });
  resources.add('Temporal connection of the workers', () => connection.close());
  return { connection, namespace: temporal.namespace };
}

/** Starts one worker, which runs until the stack stops it. */
export async function startBenchWorker(options: WorkerOptions, resources: ResourceStack): Promise<void> {
  const worker = await Worker.create(options);
  const running = worker.run();
  resources.add(`worker of ${options.taskQueue}`, async () => {
    worker.shutdown();
    await running;
  });
}
