import { verdict } from './delivery-state';
import { classifyError } from './error-catalogue';
import { endOfRefusal } from './end-of-ladder';
import { type OptOutCode } from './opt-out-code';
import { type FanOutEnd, type OutcomeKind, type UnreachedParticipant } from './outcome';
import { type ParticipantFacts } from './participant';
import { refusalFrom } from './refusal-from';
import { type ParticipantSid } from './sid';

/** What a child message may end with so that nothing is left to do for its participant. */
const REACHED_BY_CHILD: ReadonlySet<OutcomeKind> = new Set(['delivered', 'read', 'acknowledged']);

/**
 * When nobody was reached, the outcome is the first of these that a participant ended with: what leaves most open comes first,
 * since `undeliverable` for instance would be too much to say while a single one may have got the message.
 */
const OPEN_FIRST: readonly OutcomeKind[] = [
  'canceled',
  'ambiguous',
  'unconfirmed',
  'failed',
  'expired',
  'suppressed',
  'undeliverable',
  'opted_out',
];

/**
 * Counts by participant how a message into a conversation ended. A function of the sets of participants and receipts: in which
 * order they came has no effect.
 * @param undecided how a participant ended of whom no receipt decides and who has no child message.
 */
export function fanOutEnd(
  participants: readonly ParticipantFacts[],
  undecided: (participantSid: ParticipantSid) => OutcomeKind,
  optOutCodes: readonly OptOutCode[],
): FanOutEnd {
  const unreached = participants
    .filter((participant) => !isReached(participant))
    .map((participant) => ({
      participantSid: participant.participantSid,
      ...endOf(participant, undecided, optOutCodes),
    }))
    .sort((a, b) => (a.participantSid < b.participantSid ? -1 : 1));
  const reached = participants.length - unreached.length;
  const error = sharedError(unreached, optOutCodes);
  return { outcome: kindOf(reached, unreached), ...error, reason: reasonOf(reached, unreached), unreached };
}

/** Whether the message, or a child of it, got through to this participant. */
export function isReached({ childOutcome, state }: Pick<ParticipantFacts, 'childOutcome' | 'state'>): boolean {
  return verdict(state) === 'delivered' || (childOutcome !== undefined && REACHED_BY_CHILD.has(childOutcome.kind));
}

function endOf(
  { childOutcome, isOptedOut, participantSid, state }: ParticipantFacts,
  undecided: (participantSid: ParticipantSid) => OutcomeKind,
  optOutCodes: readonly OptOutCode[],
): Omit<UnreachedParticipant, 'participantSid'> {
  if (childOutcome !== undefined) {
    const { errorCode, kind } = childOutcome;
    return { kind, ...(errorCode === undefined ? {} : { errorCode }) };
  }
  if (verdict(state) === 'pending') {
    return { kind: isOptedOut ? 'opted_out' : undecided(participantSid) };
  }
  const refusal = refusalFrom(state, optOutCodes);
  const { errorCode } = state;
  return {
    kind: refusal.kind === 'ambiguous' ? 'ambiguous' : endOfRefusal(refusal.errorClass),
    ...(errorCode === undefined ? {} : { errorCode }),
  };
}

function sharedError(
  unreached: readonly UnreachedParticipant[],
  optOutCodes: readonly OptOutCode[],
): Pick<FanOutEnd, 'errorCode' | 'errorClass'> {
  const [errorCode, ...others] = new Set(unreached.map((participant) => participant.errorCode));
  if (errorCode === undefined || others.length > 0) {
    return {};
  }
  return { errorCode, errorClass: classifyError(errorCode, optOutCodes).errorClass };
}

function kindOf(reached: number, unreached: readonly UnreachedParticipant[]): OutcomeKind {
  if (reached > 0) {
    return unreached.length === 0 ? 'delivered' : 'partly_delivered';
  }
  return OPEN_FIRST.find((kind) => unreached.some((participant) => participant.kind === kind)) ?? 'failed';
}

function reasonOf(reached: number, unreached: readonly UnreachedParticipant[]): string {
  const all = reached + unreached.length;
  if (unreached.length === 0) {
    return `it reached all ${all} participants`;
  }
  const counts = OPEN_FIRST.map((kind) => ({ kind, count: unreached.filter((one) => one.kind === kind).length }));
  const words = counts.filter(({ count }) => count > 0).map(({ count, kind }) => `${count} ${kind.replace('_', ' ')}`);
  return `it reached ${reached} of ${all} participants; of the others ${words.join(', ')}`;
}
