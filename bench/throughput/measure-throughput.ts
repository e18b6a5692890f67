import { deliveredScript } from '../../src/simulator/delivery/preset-scripts';
import { type BenchContext } from '../bench-context';
import { startEmpty } from '../empty/start-empty';
import { startPosthornRival } from '../posthorn/start-posthorn-rival';
import { type Section } from '../report/section';
import { alternate, type Contender } from '../statistics/alternate';
import { startStraightforward } from '../straightforward/start-straightforward';
import { type Extent, RECEIPTS_MS, throughputMethod } from './method';
import { createRace, type RaceRound } from './race';
import { RACES, throughputMeasurements } from './throughput-measurements';

const FULL: Extent = { rounds: 5, messagesPerRound: 300, inFlight: 50 };
const QUICK: Extent = { rounds: 3, messagesPerRound: 80, inFlight: 40 };

const AS_USUAL = deliveredScript(RECEIPTS_MS.sent, RECEIPTS_MS.delivered);

/** Deliveries a second of posthorn, of the empty workflow and of the straightforward job, in turn. */
export async function measureThroughput(context: BenchContext): Promise<Section> {
  const extent = context.isQuick ? QUICK : FULL;
  const contenders = await prepare(context, extent);
  const rounds = await alternate(contenders, extent.rounds, (round, name, { perSecond }) =>
    context.progress(`throughput: round ${round} of ${extent.rounds}, ${name}: ${perSecond.toFixed(1)} a second`),
  );
  return {
    title: 'deliveries a second',
    method: throughputMethod(extent),
    measurements: await throughputMeasurements(context.servers.client, rounds),
  };
}

/** Starts everything, warms everything up, and makes the conversations known that are to be known. */
async function prepare(context: BenchContext, extent: Extent): Promise<Contender<RaceRound>[]> {
  context.progress('throughput: starting posthorn, the empty workflow and the straightforward job');
  const contenders = await createRaces(context, extent);
  for (const { name, run } of contenders) {
    const { perSecond } = await run();
    context.progress(`throughput: warm-up, ${name}: ${perSecond.toFixed(1)} a second`);
  }
  return contenders;
}

async function createRaces(
  context: BenchContext,
  { inFlight, messagesPerRound }: Extent,
): Promise<Contender<RaceRound>[]> {
  const posthorn = await startPosthornRival(context);
  const empty = await startEmpty(context, RECEIPTS_MS.delivered);
  const straightforward = await startStraightforward(context);
  const acquaintances = context.recipients.take(messagesPerRound);
  const known = { recipients: () => acquaintances, script: AS_USUAL, inFlight };
  const unknown = { ...known, recipients: () => context.recipients.take(messagesPerRound) };
  const atOnce = { ...known, script: deliveredScript(0, 0) };
  return [
    createRace(RACES.empty, { rival: empty, ...known }),
    createRace(RACES.posthornKnown, { rival: posthorn, ...known }),
    createRace(RACES.straightforwardKnown, { rival: straightforward, ...known }),
    createRace(RACES.posthornNew, { rival: posthorn, ...unknown }),
    createRace(RACES.straightforwardNew, { rival: straightforward, ...unknown }),
    ...(context.isQuick ? [] : [createRace(RACES.posthornAtOnce, { rival: posthorn, ...atOnce })]),
  ];
}
