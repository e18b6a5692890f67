import { temporal } from '@temporalio/proto';
import { connectClient } from '../../../src/temporal/connect-client';
import { type Deployment } from '../../end-to-end/support/deployment';
import { until } from '../../support/until';

const { EventType } = temporal.api.enums.v1;

/** Waits until the history of a message's workflow has an event of the type. */
export async function waitForHistory(
  { environment }: Deployment,
  messageId: string,
  eventType: keyof typeof EventType,
): Promise<void> {
  const { client, close } = connectClient(
    {
      namespace: environment['TEMPORAL_NAMESPACE'] ?? '',
      connectionOptions: { address: environment['TEMPORAL_ADDRESS'] ?? '' },
    },
    [],
  );
  try {
    await until(`${eventType} of ${messageId}`, async () => {
      const { events } = await client.workflow.getHandle(`deliver-${messageId}`).fetchHistory();
      return events?.some((event) => event.eventType === EventType[eventType]);
    });
  } finally {
    await close();
  }
}
