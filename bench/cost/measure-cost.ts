import { randomUUID } from 'node:crypto';
import { createPosthornClient } from '../../src/client';
import { LOCAL_TENANT } from '../../src/local/local-credentials';
import { type BenchContext } from '../bench-context';
import { startPosthorn } from '../posthorn/start-posthorn';
import { type Section } from '../report/section';
import { postgresCost, temporalCost } from './cost-measurements';
import { type CostParts, messageCost, type MessageCost } from './message-cost';
import { postMessage } from './post-message';
import { postgresCostAtLoad } from './postgres-cost-at-load';
import { startRoundTripCounter } from './round-trip-counter';

/** Messages of each kind, one after another. */
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
      'Messages are sent one at a time, but for the last row, to a simulator that reports "sent" after 50 ms and "delivered" after 100 ms. Of events and actions the costliest message counts, of round trips the one in the middle.',
      'Events and actions come from the real histories; prices: https://docs.temporal.io/cloud/actions.',
      'Round trips are counted on the wire between posthorn and Postgres, webhooks included; what runs by the clock (the relay) and the making of connections is left out.',
    ],
    measurements: [
      ...temporalCost([...costs.values()].flat()),
      ...[...costs].map(postgresCost),
      await postgresCostAtLoad(context, parts),
    ],
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
