import { type Measurement } from '../report/measurement';
import { median } from '../statistics/median';
import { pairedRatio } from '../statistics/paired-ratio';
import { type LoadResult } from './load-settings';

const OF_BARE = { atLeast: 0.7 };
const ACK_MS = { below: 250 };

export interface WebhookRound extends LoadResult {
  /** Milliseconds of the server process's processor time for one webhook. */
  readonly processorMs: number;
}

/** Who answers webhooks, by name. */
export const SERVERS = { posthorn: 'posthorn', bare: 'bare handler' } as const;

/** Rates, their ratio, and how long posthorn takes to answer at that load. */
export function webhookMeasurements(rounds: ReadonlyMap<string, readonly WebhookRound[]>): Measurement[] {
  const posthorn = rounds.get(SERVERS.posthorn) ?? [];
  const bare = rounds.get(SERVERS.bare) ?? [];
  const { ratio, ratios } = pairedRatio(
    posthorn.map(({ perSecond }) => perSecond),
    bare.map(({ perSecond }) => perSecond),
  );
  return [
    rateOf(SERVERS.posthorn, posthorn),
    rateOf(SERVERS.bare, bare),
    {
      name: 'posthorn / bare handler',
      value: ratio,
      unit: '',
      target: OF_BARE,
      note: `rounds: ${ratios.map((value) => value.toFixed(2)).join(', ')}`,
      data: ratios,
    },
    {
      name: 'posthorn, p99 of the answer at that load',
      value: median(posthorn.map(({ p99Ms }) => p99Ms)),
      unit: 'ms',
      target: ACK_MS,
      data: posthorn.map(({ p99Ms }) => p99Ms),
    },
  ];
}

function rateOf(name: string, rounds: readonly WebhookRound[]): Measurement {
  const p50Ms = median(rounds.map((round) => round.p50Ms));
  const p99Ms = median(rounds.map((round) => round.p99Ms));
  const processorMs = median(rounds.map((round) => round.processorMs));
  return {
    name,
    value: median(rounds.map(({ perSecond }) => perSecond)),
    unit: 'a second',
    note: `p50 ${p50Ms.toFixed(1)} ms, p99 ${p99Ms.toFixed(1)} ms; ${processorMs.toFixed(3)} ms of processor time each`,
    data: rounds,
  };
}
