import { type temporal } from '@temporalio/proto';

export type HistoryEvent = temporal.api.history.v1.IHistoryEvent;

/** The billable actions of one workflow by kind; kinds without an action are absent. */
export type ActionCounts = Readonly<Record<string, number>>;

/** What one event adds: nothing, or so many actions of a kind. Several events with the same `once` add it only once. */
interface Charge {
  readonly kind: string;
  readonly actions: number;
  readonly once?: string;
}

type Rule = (event: HistoryEvent) => Charge | undefined;

const single =
  (kind: string, isCharged: (event: HistoryEvent) => boolean): Rule =>
  (event) =>
    isCharged(event) ? { kind, actions: 1 } : undefined;

/**
 * What Temporal Cloud bills, as far as a history shows it: queries, heartbeats, refused updates and the surcharge for
 * task queue fairness (0.1 for each action while it is switched on) are not in it.
 * Source: https://docs.temporal.io/cloud/actions
 */
const RULES: readonly Rule[] = [
  single('start', (event) => isThere(event.workflowExecutionStartedEventAttributes)),
  // Only the last try is in the history, and says which one it is.
  ({ activityTaskStartedEventAttributes: started }) =>
    isThere(started) ? { kind: 'activity try', actions: started.attempt ?? 1 } : undefined,
  // A condition with a time-out starts one too.
  single('timer', (event) => isThere(event.timerStartedEventAttributes)),
  single('signal', (event) => isThere(event.workflowExecutionSignaledEventAttributes)),
  single('search attribute upsert', (event) => isThere(event.upsertWorkflowSearchAttributesEventAttributes)),
  // All markers of one workflow task are one action.
  ({ markerRecordedEventAttributes: marker }) =>
    isThere(marker)
      ? { kind: 'local activities of a task', actions: 1, once: String(marker.workflowTaskCompletedEventId) }
      : undefined,
  single('update', (event) => isThere(event.workflowExecutionUpdateAcceptedEventAttributes)),
];

/** Features of Temporal that the rules above have no price for. */
const UNPRICED = [
  'startChildWorkflowExecutionInitiatedEventAttributes',
  'workflowExecutionContinuedAsNewEventAttributes',
  'signalExternalWorkflowExecutionInitiatedEventAttributes',
  'nexusOperationScheduledEventAttributes',
  'workflowExecutionOptionsUpdatedEventAttributes',
] as const satisfies readonly (keyof HistoryEvent)[];

/**
 * Counts the billable actions of a workflow from its history.
 * @throws Error for a history that uses something that this count has no price for: a sum that is too low would go unnoticed.
 */
export function countActions(events: readonly HistoryEvent[]): ActionCounts {
  const counts: Record<string, number> = {};
  const charged = new Set<string>();
  for (const event of events) {
    refuseUnpriced(event);
    const charge = RULES.map((rule) => rule(event)).find(isThere);
    if (charge === undefined || (charge.once !== undefined && charged.has(charge.once))) {
      continue;
    }
    if (charge.once !== undefined) {
      charged.add(charge.once);
    }
    counts[charge.kind] = (counts[charge.kind] ?? 0) + charge.actions;
  }
  return counts;
}

/** All actions together. */
export function totalActions(counts: ActionCounts): number {
  return Object.values(counts).reduce((sum, actions) => sum + actions, 0);
}

function refuseUnpriced(event: HistoryEvent): void {
  const name = UNPRICED.find((attributes) => isThere(event[attributes]));
  if (name !== undefined) {
    throw new Error(
      `event ${String(event.eventId)} has ${name}, which has no price here: add its price to countActions`,
    );
  }
}

function isThere<T>(value: T | null | undefined): value is T {
  return value !== null && value !== undefined;
}
