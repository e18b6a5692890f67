/** What a timeline tells of, in the order in which it usually happens. */
export const TIMELINE_KINDS = [
  'accepted',
  'participant_opted_out',
  'attempt_started',
  'held',
  'released',
  'held_back',
  'handed_to_twilio',
  'receipt',
  'call',
  'webhook',
  'attempt_ended',
  'backing_off',
  'escalated',
  'task_opened',
  'task_told_on_call',
  'task_claimed',
  'task_noted',
  'task_given_back',
  'task_answered_on_call',
  'task_closed',
  'cancel_requested',
  'closed',
  'redriven',
  'looked_up',
  'outcome_corrected',
] as const;
export type TimelineKind = (typeof TIMELINE_KINDS)[number];

/** An entry to be written. `detail` has words, codes, statuses and SIDs, never an address or a text. */
export interface TimelineNote {
  readonly kind: TimelineKind;
  readonly attempt?: number;
  readonly detail: Readonly<Record<string, string | number | boolean>>;
}

export interface TimelineEntry extends TimelineNote {
  /** ISO 8601. */
  readonly at: string;
}
