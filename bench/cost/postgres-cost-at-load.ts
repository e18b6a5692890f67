import { createPosthornClient } from '../../src/client';
import { LOCAL_TENANT } from '../../src/local/local-credentials';
import { type BenchContext } from '../bench-context';
import { type SimulatorQuestion } from '../posthorn/simulator';
import { type Measurement } from '../report/measurement';
import { countBy } from '../statistics/count-by';
import { deliverAll } from '../throughput/deliver-all';
import { causeOfTrip, labelOfTrip } from './classify-trip';
import { MOST_ROUND_TRIPS } from './cost-measurements';
import { type CostParts } from './message-cost';

/** Messages that are measured together. */
const MESSAGES = 200;
const MESSAGES_QUICK = 60;
const IN_FLIGHT = 50;

/** Under load, what belongs to several messages travels together. */
export async function postgresCostAtLoad(
  { isQuick, progress, recipients }: BenchContext,
  { client, counter, posthorn }: CostParts,
): Promise<Measurement> {
  const messages = isQuick ? MESSAGES_QUICK : MESSAGES;
  progress(`cost: ${messages} messages, ${IN_FLIGHT} in flight`);
  const acquaintances = recipients.take(messages);
  const service = createPosthornClient({ client, tenant: LOCAL_TENANT });
  const deliver = async (to: string): Promise<string> => {
    const { messageId } = await service.send({ to, body: 'Hello.' });
    return (await service.waitForOutcome(messageId)).kind;
  };
  await deliverAll(acquaintances, IN_FLIGHT, deliver);
  await posthorn.simulator.ask<undefined>({ kind: 'idle' } satisfies SimulatorQuestion);
  counter.take();
  await deliverAll(acquaintances, IN_FLIGHT, deliver);
  await posthorn.simulator.ask<undefined>({ kind: 'idle' } satisfies SimulatorQuestion);
  const trips = counter.take().filter((sql) => causeOfTrip(sql) !== 'connection');
  return {
    name: `round trips to Postgres a message: sent by the client, known conversations, ${IN_FLIGHT} in flight`,
    value: trips.length / messages,
    unit: '',
    target: { atMost: MOST_ROUND_TRIPS },
    note: 'all that happened, relay and sweep included, shared among the messages',
    data: countBy(trips.map(labelOfTrip)),
  };
}
