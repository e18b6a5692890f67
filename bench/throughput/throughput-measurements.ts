import { type Client } from '@temporalio/client';
import { countActions, totalActions } from '../cost/count-actions';
import { type Measurement } from '../report/measurement';
import { median } from '../statistics/median';
import { pairedRatio } from '../statistics/paired-ratio';
import { percentile } from '../statistics/percentile';
import { type RaceRound } from './race';

const OF_EMPTY = { atLeast: 0.7 };
const OF_STRAIGHTFORWARD = { atLeast: 1.3 };

/** What is raced, by name. */
export const RACES = {
  empty: 'empty workflow',
  posthornKnown: 'posthorn, known conversations',
  straightforwardKnown: 'straightforward, known conversations',
  posthornNew: 'posthorn, new conversations',
  straightforwardNew: 'straightforward, new conversations',
  posthornAtOnce: 'posthorn, known conversations, receipts at once',
} as const;

type Rounds = ReadonlyMap<string, readonly RaceRound[]>;

/** Rates of every race, with what their workflows looked like, and the ratios that were promised. */
export async function throughputMeasurements(client: Client, rounds: Rounds): Promise<Measurement[]> {
  const rates: Measurement[] = [];
  for (const [name, measured] of rounds) {
    rates.push(await rateOf(client, name, measured));
  }
  return [
    ...rates,
    ratioOf(rounds, RACES.posthornKnown, RACES.empty, OF_EMPTY),
    ratioOf(rounds, RACES.posthornNew, RACES.empty, OF_EMPTY),
    ratioOf(rounds, RACES.posthornKnown, RACES.straightforwardKnown, OF_STRAIGHTFORWARD),
    ratioOf(rounds, RACES.posthornNew, RACES.straightforwardNew, OF_STRAIGHTFORWARD),
  ];
}

async function rateOf(client: Client, name: string, measured: readonly RaceRound[]): Promise<Measurement> {
  const latenciesMs = measured.flatMap((round) => round.latenciesMs);
  const shapes = await shapesOf(client, measured.at(-1)?.workflowIds ?? []);
  const latency = { p50: Math.round(percentile(latenciesMs, 0.5)), p99: Math.round(percentile(latenciesMs, 0.99)) };
  const events = median(shapes.map((shape) => shape.events));
  const actions = median(shapes.map((shape) => shape.actions));
  return {
    name,
    value: median(measured.map(({ perSecond }) => perSecond)),
    unit: 'a second',
    note: `${events} events and ${actions} actions each; p50 ${latency.p50} ms, p99 ${latency.p99} ms; processor time ${describeProcessorTime(measured)}`,
    data: {
      perSecond: measured.map(({ perSecond }) => perSecond),
      latencyMs: latency,
      shapes,
      processorMs: measured.map(({ processorMs }) => processorMs),
    },
  };
}

/** The median of the rounds for each process: unlike the rate, it says little about what else ran on the machine. */
function describeProcessorTime(measured: readonly RaceRound[]): string {
  return Object.keys(measured[0]?.processorMs ?? {})
    .map((name) => `${name} ${median(measured.map(({ processorMs }) => processorMs[name] ?? 0)).toFixed(1)} ms`)
    .join(', ');
}

function ratioOf(rounds: Rounds, name: string, against: string, target: { atLeast: number }): Measurement {
  const rates = (of: string): number[] => (rounds.get(of) ?? []).map(({ perSecond }) => perSecond);
  const { ratio, ratios } = pairedRatio(rates(name), rates(against));
  return {
    name: `${name} / ${against}`,
    value: ratio,
    unit: '',
    target,
    note: `rounds: ${ratios.map((value) => value.toFixed(2)).join(', ')}`,
    data: ratios,
  };
}

async function shapesOf(
  client: Client,
  workflowIds: readonly string[],
): Promise<{ readonly events: number; readonly actions: number }[]> {
  return await Promise.all(
    workflowIds.map(async (workflowId) => {
      const { events } = await client.workflow.getHandle(workflowId).fetchHistory();
      return { events: events?.length ?? 0, actions: totalActions(countActions(events ?? [])) };
    }),
  );
}
