import { type DeliveryEvent } from './delivery-event';

/** The statuses of a Conversations delivery receipt. Source: https://www.twilio.com/docs/conversations/delivery-receipts */
export type ReceiptStatus = 'sent' | 'delivered' | 'read' | 'failed' | 'undelivered';

/**
 * Rank of each status; the highest seen wins, in whatever order the events came.
 * Proof of delivery outranks a refusal: a receipt `delivered` is the handset's own word.
 */
const RANK: Readonly<Record<ReceiptStatus, number>> = { sent: 1, undelivered: 2, failed: 3, delivered: 4, read: 5 };

/** What all events about one participant's receipt add up to. */
export interface DeliveryState {
  /** Undefined while nothing that is known was heard. */
  readonly status?: ReceiptStatus;
  /** When the status was first reached, by Twilio's clock. */
  readonly statusAt?: string;
  /** The first error code that was not empty, by Twilio's clock. */
  readonly errorCode?: number;
  readonly errorAt?: string;
}

/** Nothing heard yet. */
export const NOTHING_HEARD: DeliveryState = {};

export type Verdict = 'pending' | 'delivered' | 'failed';

/** Whether the word is a status that posthorn knows. */
export function isReceiptStatus(word: string): word is ReceiptStatus {
  return Object.hasOwn(RANK, word);
}

/** Whether the state settles the attempt. */
export function verdict(state: DeliveryState): Verdict {
  switch (state.status ?? 'sent') {
    case 'delivered':
    case 'read':
      return 'delivered';
    case 'failed':
    case 'undelivered':
      return 'failed';
    case 'sent':
      return 'pending';
  }
}

/** Whether an event alone could settle an attempt, so that the workflow must hear of it. */
export function decides(status: string): boolean {
  return isReceiptStatus(status) && status !== 'sent';
}

/** The statuses that decide. */
export const DECIDING_STATUSES: readonly string[] = Object.keys(RANK).filter(decides);

/**
 * Takes one event into the state. Commutative, associative and idempotent:
 * the result depends on the set of events, not on their order or number.
 */
export function advance(
  state: DeliveryState,
  event: Pick<DeliveryEvent, 'status' | 'errorCode' | 'at'>,
): DeliveryState {
  return { ...higherStatus(state, event), ...firstError(state, event) };
}

function higherStatus(state: DeliveryState, event: Pick<DeliveryEvent, 'status' | 'at'>): DeliveryState {
  const { status, statusAt } = state;
  const heard = event.status;
  const currentRank = status === undefined ? 0 : RANK[status];
  const isEarlierWord = heard === status && isBefore(event.at, statusAt);
  if (isReceiptStatus(heard) && (RANK[heard] > currentRank || isEarlierWord)) {
    return { status: heard, statusAt: event.at };
  }
  return { ...(status === undefined ? {} : { status }), ...(statusAt === undefined ? {} : { statusAt }) };
}

function firstError(state: DeliveryState, event: Pick<DeliveryEvent, 'errorCode' | 'at'>): DeliveryState {
  const { errorCode, errorAt } = state;
  if (event.errorCode === undefined || (errorCode !== undefined && !isEarlierError(event.errorCode, event.at, state))) {
    return { ...(errorCode === undefined ? {} : { errorCode }), ...(errorAt === undefined ? {} : { errorAt }) };
  }
  return { errorCode: event.errorCode, errorAt: event.at };
}

/** Of two codes at the same moment the lower counts, so that the order of telling does not. */
function isEarlierError(errorCode: number, at: string, known: DeliveryState): boolean {
  const isLowerAtSameTime = at === known.errorAt && known.errorCode !== undefined && errorCode < known.errorCode;
  return isBefore(at, known.errorAt) || isLowerAtSameTime;
}

/** ISO 8601 in UTC with the same precision sorts as text. */
function isBefore(a: string, b: string | undefined): boolean {
  return b === undefined || a < b;
}
