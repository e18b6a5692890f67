import { type Client } from '@temporalio/client';
import { SWEEP_SCHEDULE_ID } from '../../../src/temporal/sweep-schedule';
import { createDatabase } from '../../../src/database/client';
import { connectClient } from '../../../src/temporal/connect-client';
import { type SweepResult } from '../../../workflows/contract';
import { type Deployment } from '../../end-to-end/support/deployment';
import { testServices } from '../../support/test-services';
import { until } from '../../support/until';

/** The schedule is a workflow of Temporal's own, on a server that other tests use too. */
const STARTED_WITHIN_MS = 30_000;

/** Has the schedule sweep now, and waits for what the sweep says. */
export async function sweepNow(client: Client): Promise<SweepResult> {
  const handle = client.schedule.getHandle(SWEEP_SCHEDULE_ID);
  const newest = async () => (await handle.describe()).info.recentActions.at(-1)?.action.workflow;
  const before = await newest();
  await handle.trigger();
  const { workflowId, firstExecutionRunId } = await until(
    'the sweep to start',
    async () => {
      const workflow = await newest();
      return workflow?.firstExecutionRunId === before?.firstExecutionRunId ? undefined : workflow;
    },
    STARTED_WITHIN_MS,
  );
  return (await client.workflow.getHandle(workflowId, firstExecutionRunId).result()) as SweepResult;
}

/** A client in the namespace of a deployment, straight to the server. */
export function clientOf({ environment }: Deployment): ReturnType<typeof connectClient> {
  const { TEMPORAL_NAMESPACE: namespace = '' } = environment;
  return connectClient({ namespace, connectionOptions: { address: testServices().temporalAddress } }, []);
}

/** Puts the beginning of a message a minute back: no request is about to start it any more, and its attempts are quiet. */
export async function makeOld({ environment }: Deployment, messageId: string): Promise<void> {
  const url = environment['DATABASE_URL'] ?? '';
  const database = createDatabase({ url, poolMax: 1, applicationName: 'test' });
  const aMinuteAgo = new Date(Date.now() - 60_000);
  try {
    await database('messages').where({ message_id: messageId }).update({ created_at: aMinuteAgo });
    await database('attempts').where({ message_id: messageId }).update({ sent_at: aMinuteAgo });
  } finally {
    await database.destroy();
  }
}
