import { randomUUID } from 'node:crypto';
import { type BenchContext } from '../bench-context';
import { startPart } from '../process/start-part';
import { type BenchWorkerSettings } from '../throughput/bench-worker-settings';
import { type Rival } from '../throughput/rival';
import { EMPTY_TASK_QUEUE, heardSignal } from './contract';
import { type emptyDelivery } from './workflows';

/**
 * The empty workflow as a rival: its signal comes from this process.
 * @param signalAfterMs how long after its activity it is signalled: as late as the others' deciding receipt.
 */
export async function startEmpty({ resources, servers }: BenchContext, signalAfterMs: number): Promise<Rival> {
  const { client, temporal } = servers;
  const failures: unknown[] = [];
  const signal = (workflowId: string): void => {
    client.workflow
      .getHandle(workflowId)
      .signal(heardSignal)
      .catch((error: unknown) => failures.push(error));
  };
  const worker = resources.use(
    'worker of the empty workflow',
    await startPart<BenchWorkerSettings, null>({
      entry: require.resolve('./worker'),
      settings: { temporal },
      onNotice: (workflowId) => void setTimeout(signal, signalAfterMs, workflowId as string),
    }),
  );
  return {
    processes: { worker },
    setScript: () => Promise.resolve(),
    deliver: async (_recipient, onStarted) => {
      const handle = await client.workflow.start<typeof emptyDelivery>('emptyDelivery', {
        workflowId: `empty-${randomUUID()}`,
        taskQueue: EMPTY_TASK_QUEUE,
        args: [],
      });
      onStarted(handle.workflowId);
      await handle.result();
      if (failures.length > 0) {
        throw failures[0];
      }
      return 'delivered';
    },
  };
}
