import { randomUUID } from 'node:crypto';
import { createPosthornClient } from '../../src/client';
import { LOCAL_TENANT } from '../../src/local/local-credentials';
import { type BenchContext } from '../bench-context';
import { startPosthorn } from '../posthorn/start-posthorn';
import { type Measurement } from '../report/measurement';
import { type Section } from '../report/section';
import { countBy, describeCounts } from '../statistics/count-by';
import { totalActions } from './count-actions';
import { type CostParts, messageCost, type MessageCost } from './message-cost';
import { postMessage } from './post-message';
import { startRoundTripCounter } from './round-trip-counter';

const MOST_EVENTS = 20;
const MOST_ACTIONS = 6;
const MOST_ROUND_TRIPS = 6;

/** Messages of each kind, one after another; the costliest of them counts. */
const MESSAGES = 10;
const MESSAGES_QUICK = 3;

interface CostCase {
  readonly name: string;
  readonly send: (to: string) => Promise<string>;
  /** Whether all messages of the case go to one person, whose conversation is known by then. */
  readonly isConversationKnown: boolean;
}

/** What a delivered message costs: history events, billable actions, round trips to Postgres. */
export async function measureCost(context: BenchContext): Promise<Section> {
  const { client, databaseUrl, temporal } = context.servers;
  const counter = context.resources.use('round trip counter', await startRoundTripCounter(databaseUrl));
  const posthorn = await startPosthorn({ databaseUrl: counter.url, temporal }, context.resources);
  const parts = { client, counter, posthorn };
  const costs = new Map<string, readonly MessageCost[]>();
  for (const costCase of costCases(parts)) {
    context.progress(`cost: ${costCase.name}`);
    costs.set(costCase.name, await costsOf(context, parts, costCase));
  }
  return {
    title: 'cost of a delivered message',
    method: [
      'Messages are sent one at a time to a simulator that reports "sent" after 50 ms and "delivered" after 100 ms; the costliest counts.',
      'Events and actions come from the real histories; prices: https://docs.temporal.io/cloud/actions.',
      'Round trips are counted on the wire between posthorn and Postgres, webhooks included; what runs by the clock (the relay) and the making of connections is left out.',
    ],
    measurements: [...temporalCost([...costs.values()].flat()), ...[...costs].map(postgresCost)],
  };
}

function costCases({ client, posthorn }: CostParts): CostCase[] {
  const service = createPosthornClient({ client, tenant: LOCAL_TENANT });
  const byHttp = (to: string): Promise<string> => postMessage(posthorn, to, randomUUID());
  const byClient = async (to: string): Promise<string> => (await service.send({ to, body: 'Hello.' })).workflowId;
  return [
    { name: 'sent over HTTP, known conversation', send: byHttp, isConversationKnown: true },
    { name: 'sent over HTTP, first message to a recipient', send: byHttp, isConversationKnown: false },
    { name: 'sent by the client, known conversation', send: byClient, isConversationKnown: true },
    { name: 'sent by the client, first message to a recipient', send: byClient, isConversationKnown: false },
  ];
}

async function costsOf(context: BenchContext, parts: CostParts, costCase: CostCase): Promise<MessageCost[]> {
  const count = context.isQuick ? MESSAGES_QUICK : MESSAGES;
  const [acquaintance = '', ...strangers] = context.recipients.take(1 + count);
  // The first message makes the conversation known, and the connections that all of them use.
  await messageCost(parts, () => costCase.send(acquaintance));
  const costs: MessageCost[] = [];
  for (const stranger of strangers) {
    costs.push(await messageCost(parts, () => costCase.send(costCase.isConversationKnown ? acquaintance : stranger)));
  }
  return costs;
}

function temporalCost(costs: readonly MessageCost[]): Measurement[] {
  const byEvents = costliest(costs, ({ events }) => events);
  const byActions = costliest(costs, ({ actions }) => totalActions(actions));
  return [
    {
      name: 'history events',
      value: byEvents.events,
      unit: '',
      target: { atMost: MOST_EVENTS },
      note: `of the costliest of ${costs.length} messages`,
      data: costs.map(({ events }) => events),
    },
    {
      name: 'billable actions',
      value: totalActions(byActions.actions),
      unit: '',
      target: { atMost: MOST_ACTIONS },
      note: describeCounts(byActions.actions),
      data: costs.map(({ actions }) => actions),
    },
  ];
}

function postgresCost([name, costs]: readonly [string, readonly MessageCost[]]): Measurement {
  const { roundTrips } = costliest(costs, (cost) => cost.roundTrips.length);
  return {
    name: `round trips to Postgres: ${name}`,
    value: roundTrips.length,
    unit: '',
    target: { atMost: MOST_ROUND_TRIPS },
    note: describeCounts(countBy(roundTrips)),
    data: costs.map((cost) => cost.roundTrips),
  };
}

/** @throws Error when nothing was measured. */
function costliest(costs: readonly MessageCost[], priceOf: (cost: MessageCost) => number): MessageCost {
  const [first, ...others] = costs;
  if (first === undefined) {
    throw new Error('no message was measured');
  }
  return others.reduce((most, cost) => (priceOf(cost) > priceOf(most) ? cost : most), first);
}
