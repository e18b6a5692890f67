import { createPosthornClient } from '../../src/client';
import { LOCAL_TENANT } from '../../src/local/local-credentials';
import { type BenchContext } from '../bench-context';
import { type Rival } from '../throughput/rival';
import { type SimulatorQuestion } from './simulator';
import { startPosthorn } from './start-posthorn';

/** posthorn as a rival: messages are sent by its client, as services with access to Temporal do. */
export async function startPosthornRival({ resources, servers }: BenchContext): Promise<Rival> {
  const { api, simulator, worker } = await startPosthorn(servers, resources);
  const service = createPosthornClient({ client: servers.client, tenant: LOCAL_TENANT });
  return {
    processes: { worker, api, simulator },
    setScript: (script) => simulator.ask<undefined>({ kind: 'script', script } satisfies SimulatorQuestion),
    deliver: async (recipient, onStarted) => {
      const { messageId, workflowId } = await service.send({ to: recipient, body: 'Hello.' });
      onStarted(workflowId);
      const { kind, reason } = await service.waitForOutcome(messageId);
      return kind === 'delivered' ? kind : `${kind} (${reason})`;
    },
  };
}
