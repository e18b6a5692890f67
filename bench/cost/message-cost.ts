import { type Client } from '@temporalio/client';
import { type Outcome } from '../../src/domain/outcome';
import { type SimulatorQuestion } from '../posthorn/simulator';
import { type Posthorn } from '../posthorn/start-posthorn';
import { causeOfTrip, labelOfTrip } from './classify-trip';
import { type ActionCounts, countActions } from './count-actions';
import { type RoundTripCounter } from './round-trip-counter';

/** What one delivered message took. */
export interface MessageCost {
  readonly events: number;
  readonly actions: ActionCounts;
  /** The round trips to Postgres that this message caused, in order, in few words each. */
  readonly roundTrips: readonly string[];
}

export interface CostParts {
  readonly client: Client;
  readonly posthorn: Posthorn;
  readonly counter: RoundTripCounter;
}

/**
 * Sends one message while nothing else goes on, and counts what it took until it is delivered and all its webhooks
 * are answered.
 * @param send starts the message and gives its workflow's id.
 */
export async function messageCost(parts: CostParts, send: () => Promise<string>): Promise<MessageCost> {
  const { client, counter, posthorn } = parts;
  counter.take();
  const workflowId = await send();
  const handle = client.workflow.getHandle(workflowId);
  const outcome = (await handle.result()) as Outcome;
  if (outcome.kind !== 'delivered') {
    throw new Error(`${workflowId} was to be delivered and ended as ${outcome.kind}: ${outcome.reason}`);
  }
  await posthorn.simulator.ask<undefined>({ kind: 'idle' } satisfies SimulatorQuestion);
  const roundTrips = counter
    .take()
    .filter((sql) => causeOfTrip(sql) === 'message')
    .map(labelOfTrip);
  const { events } = await handle.fetchHistory();
  return { events: events?.length ?? 0, actions: countActions(events ?? []), roundTrips };
}
