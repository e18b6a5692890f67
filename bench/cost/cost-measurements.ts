import { type Measurement } from '../report/measurement';
import { countBy, describeCounts } from '../statistics/count-by';
import { median } from '../statistics/median';
import { totalActions } from './count-actions';
import { type MessageCost } from './message-cost';

const MOST_EVENTS = 20;
const MOST_ACTIONS = 6;
export const MOST_ROUND_TRIPS = 6;

/** History events and billable actions: the costliest message counts. */
export function temporalCost(costs: readonly MessageCost[]): Measurement[] {
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

/** The message in the middle counts: now and then the sweep, which runs by the clock, falls into the time of one. */
export function postgresCost([name, costs]: readonly [string, readonly MessageCost[]]): Measurement {
  const middle = median(costs.map((cost) => cost.roundTrips.length));
  const usual = costs.find((cost) => cost.roundTrips.length === middle);
  return {
    name: `round trips to Postgres: ${name}`,
    value: middle,
    unit: '',
    target: { atMost: MOST_ROUND_TRIPS },
    ...(usual !== undefined && { note: describeCounts(countBy(usual.roundTrips)) }),
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
