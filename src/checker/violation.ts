/** What can be wrong, one name for each promise that a deployment can break. */
export const VIOLATION_KINDS = [
  /** An id was answered 202, or has a message at Twilio, and no row. */
  'accepted_not_stored',
  /** A row that has no outcome though no workflow is at work on it any more. */
  'no_outcome',
  /** A row has its outcome, and its workflow runs on. */
  'closed_but_running',
  /** A row is marked as closed without an outcome, or has one without being closed. */
  'outcome_incomplete',
  /** A message at Twilio that no row and no attempt of ours stands for. */
  'message_without_request',
  /** A message at Twilio whose SID its attempt does not carry after all is quiet. */
  'sid_not_stored',
  /** Two messages at Twilio carry the key of one attempt. */
  'two_messages_for_attempt',
  /** Twilio accepted a message after an opt-out for its recipient and sender was committed. */
  'sent_after_opt_out',
  /** A call at Twilio that no row and no attempt of ours stands for. */
  'call_without_request',
  /** Two calls at Twilio carry the key of one attempt. */
  'two_calls_for_attempt',
  /** Twilio took a call after an opt-out of calls for its number was committed. */
  'called_after_opt_out',
  /** A receipt was answered 2xx and is not in the database. */
  'receipt_not_stored',
  /** The outcome says something else than Twilio's last word. */
  'outcome_disagrees',
  /** An end, a correction or a send of which the caller wants to hear, and no callback tells of it. */
  'change_not_told',
  /** A callback tells of an end or a correction that there was not. */
  'told_without_change',
  /** A callback counts as delivered, and its receiver never took it. */
  'callback_not_taken',
  /** There was nothing to compare where something was expected. */
  'nothing_checked',
] as const;

export type ViolationKind = (typeof VIOLATION_KINDS)[number];

/** Violations that may be gone a moment later, because something is still on its way. */
export const SETTLING_KINDS: ReadonlySet<ViolationKind> = new Set([
  'accepted_not_stored',
  'no_outcome',
  'closed_but_running',
  'sid_not_stored',
  'receipt_not_stored',
  'outcome_disagrees',
]);

/** One broken promise, told so that somebody can look it up on all three sides. */
export interface Violation {
  readonly kind: ViolationKind;
  readonly messageId?: string;
  readonly attempt?: number;
  readonly messageSid?: string;
  readonly callSid?: string;
  readonly conversationSid?: string;
  readonly participantSid?: string;
  readonly deliveryReceiptSid?: string;
  /** What should have been found, in words. */
  readonly expected: string;
  /** What was found, in words; never an address and never a text. */
  readonly found: string;
}
